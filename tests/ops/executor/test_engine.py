"""The engine: forward, back, and the same end whenever it is killed."""

import subprocess
import sys
from pathlib import Path

import pytest

from ops.errors import OpsError
from ops.executor.engine import Engine
from ops.executor.journal import Journal, State
from ops.releases.models import Result
from ops.steps.base import Evidence, Step
from ops.timer import Timer
from tests.ops.executor.program import NAMES, FileStep, run

ENDS = {"": (Result.GOOD, set(NAMES)), "switch": (Result.ROLLED_BACK, set[str]()), "pull": (Result.REFUSED, set[str]())}


def _made(folder: Path) -> set[str]:
    return {file.stem for file in folder.glob("*.made")}


def _lines(folder: Path) -> list[tuple[str, str]]:
    return [(line.step, line.state) for line in Journal(folder / "journal.jsonl", Timer().now).past().lines]


@pytest.mark.parametrize("failing", ENDS)
def test_the_end(tmp_path: Path, failing: str) -> None:
    assert (run(tmp_path, failing).result, _made(tmp_path)) == ENDS[failing]


def test_undone_in_reverse(tmp_path: Path) -> None:
    run(tmp_path, "switch")
    undone = [step for step, state in _lines(tmp_path) if state == State.UNDONE]
    assert undone == ["switch", "start", "pull"]


def test_the_outcome_tells_what_failed_and_what_it_took(tmp_path: Path) -> None:
    outcome = run(tmp_path, "switch")
    assert (outcome.step, outcome.error, outcome.message) == ("switch", "OpsError", "switch did not work.")
    assert outcome.next_command == "langagent logs"
    assert set(outcome.phases) == {"pull", "start"}
    assert outcome.found("start", "made") == "start.made"


@pytest.mark.parametrize("failing", ENDS)
@pytest.mark.parametrize("kill_at", range(1, 11))
def test_killed_after_any_line_it_ends_the_same(tmp_path: Path, failing: str, kill_at: int) -> None:
    program = [sys.executable, "-m", "tests.ops.executor.program", str(tmp_path), failing]
    killed = subprocess.run([*program, str(kill_at)], check=False).returncode
    assert killed == (-9 if kill_at <= {"": 8, "switch": 9, "pull": 3}[failing] else 0)
    assert (run(tmp_path, failing).result, _made(tmp_path)) == ENDS[failing]


def test_a_step_that_is_behind_us_is_not_done_again(tmp_path: Path) -> None:
    run(tmp_path)
    run(tmp_path)
    assert (tmp_path / "start.log").read_text() == "do\n"


class Checked(FileStep):
    def check(self) -> Evidence | None:
        return {"found": True} if self.file.exists() else None


def test_a_begun_step_that_turns_out_to_be_done_is_not_repeated(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl", Timer().now)
    step = Checked("start", tmp_path)
    journal.note("start", State.STARTED)
    step.file.touch()
    outcome = Engine([step], journal, Timer(), lambda: None).run()
    assert outcome.found("start", "found")
    assert not step.file.with_suffix(".log").exists()


class Irreversible(FileStep):
    def undo(self) -> None:
        raise OpsError("the proxy does not answer")


def test_stuck_when_a_step_cannot_be_taken_back_yet_the_others_are(tmp_path: Path) -> None:
    steps = [FileStep("start", tmp_path), Irreversible("switch", tmp_path), FileStep("retire", tmp_path, fails=True)]
    outcome = Engine(steps, Journal(tmp_path / "journal.jsonl", Timer().now), Timer(), lambda: None).run()
    assert outcome.result is Result.STUCK
    assert outcome.state == "switch was not taken back: the proxy does not answer"
    assert _made(tmp_path) == {"switch"}


def test_stuck_when_what_served_before_does_not_serve_again(tmp_path: Path) -> None:
    def gone() -> None:
        raise OpsError("no answer")

    steps: list[Step] = [FileStep("start", tmp_path, fails=True)]
    outcome = Engine(steps, Journal(tmp_path / "journal.jsonl", Timer().now), Timer(), gone).run()
    assert (outcome.result, outcome.state) == (Result.STUCK, "what served before does not serve again: no answer")


class Soft(FileStep):
    soft = True


class Broken(FileStep):
    def do(self) -> Evidence:
        raise ZeroDivisionError


def test_a_soft_step_only_warns(tmp_path: Path) -> None:
    steps = [Soft("webhook", tmp_path, fails=True), FileStep("retire", tmp_path)]
    outcome = Engine(steps, Journal(tmp_path / "journal.jsonl", Timer().now), Timer(), lambda: None).run()
    assert (outcome.result, outcome.warnings) == (Result.GOOD, ("webhook did not work.",))


def test_a_mistake_of_ours_takes_the_release_back_too(tmp_path: Path) -> None:
    steps = [FileStep("start", tmp_path), Broken("switch", tmp_path)]
    outcome = Engine(steps, Journal(tmp_path / "journal.jsonl", Timer().now), Timer(), lambda: None).run()
    assert (outcome.result, outcome.error) == (Result.ROLLED_BACK, "ZeroDivisionError")
    assert _made(tmp_path) == set()


class Interrupted(FileStep):
    """Fails as long as the machine is away."""

    away = 2

    def do(self) -> Evidence:
        if self.away:
            raise OpsError("Cannot connect")
        return super().do()


def test_what_was_only_away_is_waited_for(tmp_path: Path) -> None:
    step = Interrupted("start", tmp_path)

    def was_away() -> bool:
        step.away -= 1
        return True

    journal = Journal(tmp_path / "journal.jsonl", Timer().now)
    assert Engine([step], journal, Timer(), lambda: None, was_away).run().result is Result.GOOD
