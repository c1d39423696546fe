"""The life of an executor, from the folder that it is given to the outcome that it leaves."""

import fcntl
from pathlib import Path

import pytest

from ops.executor.journal import Journal, State
from ops.executor.process import Process
from ops.hosts.base import Done
from ops.plan.models import Plan
from ops.releases.models import Outcome, Result
from tests.ops.fake_host import FakeHost
from tests.ops.plan.made import plan
from tests.ops.releases.made import release
from tests.ops.steps.made import FakeTime


class DiskHost(FakeHost):
    """Writes and reads for good; commands are only remembered."""

    def write(self, path: str, content: bytes, *, mode: int = 0o644) -> None:
        Path(path).write_bytes(content)

    def read(self, path: str) -> bytes:
        return Path(path).read_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A release that only has to be recorded."""
    made = tmp_path / "releases" / "r2"
    made.mkdir(parents=True)
    (made / "release.json").write_bytes(release("r2").encode())
    _ask(made, plan(root=str(tmp_path), steps=("record",)))
    return made


def _ask(folder: Path, asked: Plan) -> None:
    (folder / "plan.json").write_bytes(asked.encode())


def _run(folder: Path, host: FakeHost) -> Outcome:
    Process(folder, host, FakeTime().timer).run()
    return Outcome.decode((folder / "outcome.json").read_text())


def test_a_release_is_carried_out_and_the_container_never_comes_back(folder: Path) -> None:
    host = DiskHost()
    assert _run(folder, host).result is Result.GOOD
    assert Journal(folder / "journal.jsonl", FakeTime().timer.now).past().lines[-1].state is State.FINISHED
    assert host.calls[-2] == ["rm", "-rf", f"{folder}/registry"]
    assert host.calls[-1] == ["docker", "update", "--restart", "no", "langagent-executor-r2"]
    assert (folder.parent.parent / "lock").read_text() == ""


def test_started_again_after_the_outcome_it_only_goes_to_rest(folder: Path) -> None:
    _run(folder, DiskHost())
    again = DiskHost()
    _run(folder, again)
    assert again.calls == [["docker", "update", "--restart", "no", "langagent-executor-r2"]]


def test_refused_while_somebody_else_is_at_work(folder: Path) -> None:
    with (folder.parent.parent / "lock").open("w") as lock:
        lock.write('{"who": "ann", "release": "r1", "since": "10:00", "command": "langagent deploy v1"}')
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        outcome = _run(folder, DiskHost())
    assert (outcome.result, outcome.error) == (Result.REFUSED, "LockedError")
    assert outcome.message.startswith("ann has been changing this server since 10:00")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"version": 2}, "a plan of version 2"),
        ({"steps": ("ponder",)}, "steps that the executor does not know: ponder"),
    ],
)
def test_a_plan_of_a_stranger_is_refused(folder: Path, changes: dict[str, object], message: str) -> None:
    _ask(folder, plan(root=str(folder.parent.parent), **changes))
    outcome = _run(folder, DiskHost())
    assert outcome.result is Result.REFUSED
    assert message in outcome.message


def test_a_failed_step_is_taken_back_and_told(folder: Path) -> None:
    host = DiskHost({("mv", "-T"): Done(1, "", "read-only file system")})
    _ask(folder, plan(root=str(folder.parent.parent), steps=("record",), live="", previous=""))
    outcome = _run(folder, host)
    assert (outcome.result, outcome.step) == (Result.ROLLED_BACK, "record")
    assert "read-only file system" in outcome.message
    assert ["rm", "-f", f"{folder.parent.parent}/current"] in host.calls
