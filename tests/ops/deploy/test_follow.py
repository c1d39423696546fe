"""Following a journal that somebody else writes, in files of this machine."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ops.deploy.follow import Follower
from ops.errors import HostError
from ops.events import Event
from ops.executor.journal import Journal, State
from ops.hosts.base import Done
from ops.hosts.local import LocalHost
from ops.plan.models import Plan
from ops.releases.models import Result
from ops.timer import Timer
from tests.ops.fake_host import FakeHost
from tests.ops.plan.made import plan
from tests.ops.releases.made import outcome
from tests.ops.steps.made import FakeTime


class Story:
    """What the executor does, one act at each pause of the follower."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "releases" / "r2"
        self.folder.mkdir(parents=True)
        self.journal = Journal(self.folder / "journal.jsonl", Timer().now)
        self.acts: list[Callable[[], object]] = []

    def sleep(self, _seconds: float) -> None:
        self.acts.pop(0)()

    def end(self) -> None:
        self.journal.note("gate", State.DONE, seconds=2)
        (self.folder / "outcome.json").write_bytes(outcome().encode())


def _asked(root: Path) -> Plan:
    return plan(root=str(root))


def test_every_line_is_told_once_whenever_it_comes(tmp_path: Path) -> None:
    story, heard = Story(tmp_path), list[Event]()
    file = story.folder / "journal.jsonl"
    story.acts = [
        lambda: story.journal.note("start", State.STARTED),
        lambda: story.journal.note("pull", State.PROGRESS, evidence={"bytes": 1, "total": 2}),
        lambda: file.write_bytes(file.read_bytes() + b'{"at": "x", "st'),
        lambda: file.write_bytes(file.read_bytes() + b'ep": "start", "state": "done", "seconds": 1}\n'),
        story.end,
    ]
    follower = Follower(LocalHost(), _asked(tmp_path), "ops", Timer(sleep=story.sleep), heard.append)
    assert follower.follow().result is Result.GOOD
    assert [event.message for event in heard] == [
        "start: start backend-green; backend-blue goes on serving",
        "",
        "start: done in 1.0 s",
        "gate: done in 2.0 s",
    ]
    assert heard[1].kind == "progress"


def test_an_executor_that_somebody_stopped_is_started_again() -> None:
    time = FakeTime()
    host = FakeHost(
        {("sh", "-c"): Done(3, "", ""), ("docker", "ps"): "r2 exited\n"},
        {"/var/app/releases/r2/outcome.json": outcome().encode()},
    )

    def sleep(seconds: float) -> None:
        time.sleep(seconds)
        if host.commands("docker", "start"):
            host.answers["sh", "-c"] = Done(0, "", "")

    timer = Timer(time.timer.now, time.timer.monotonic, sleep)
    Follower(host, plan(), "ops", timer, lambda _event: None).follow()
    assert host.commands("docker", "update", "--restart", "unless-stopped")
    assert host.commands("docker", "start") == [["docker", "start", "langagent-executor-r2"]]
    assert 5 < time.passed < 6


def test_an_executor_that_does_not_stay_up_is_not_waited_for_for_ever() -> None:
    logs = Done(0, "", "ImportError: no such thing")
    answers: dict[tuple[str, ...], Done | str] = {}
    answers |= {("sh", "-c"): Done(3, "", ""), ("docker", "ps"): "r2 restarting\n", ("docker", "logs"): logs}
    time = FakeTime()
    with pytest.raises(HostError, match="does not stay up: ImportError"):
        Follower(FakeHost(answers), plan(), "ops", time.timer, lambda _event: None).follow()
    assert 30 < time.passed < 35


class LostHost(FakeHost):
    def run(self, *arguments: object, **options: object) -> Done:
        raise HostError("The connection to web1 was lost.")


def test_a_lost_connection_says_that_the_server_goes_on() -> None:
    with pytest.raises(HostError, match="was lost") as lost:
        Follower(LostHost(), plan(), "ops", Timer(), lambda _event: None).follow()
    assert lost.value.state == "The server goes on with the release by itself."
    assert lost.value.next_command == "langagent deploy --attach"


def test_ctrl_c_ends_only_the_watching(tmp_path: Path) -> None:
    def interrupt(_seconds: float) -> None:
        raise KeyboardInterrupt

    heard = list[Event]()
    with pytest.raises(KeyboardInterrupt):
        Follower(LocalHost(), _asked(tmp_path), "ops", Timer(sleep=interrupt), heard.append).follow()
    assert "`langagent deploy --attach`" in heard[-1].message
