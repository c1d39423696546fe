"""Run steps to their end, or back to their beginning; resumed from the journal after any death."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from ops.errors import OpsError
from ops.executor.journal import Journal, Line, Past, State
from ops.releases.models import Outcome, Result
from ops.steps.base import Evidence, Step
from ops.timer import Timer

Serves = Callable[[], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Engine:
    """One run over the steps of a plan.

    Attributes:
        serves: raises OpsError unless what served before serves again, after steps were taken back.
        was_away: says whether what steps work with was away and is back, so that a failed step is begun again.
    """

    steps: Sequence[Step]
    journal: Journal
    timer: Timer
    serves: Serves
    was_away: Callable[[], bool] = lambda: False

    def run(self) -> Outcome:
        """Go on from where the journal ends; never raises."""
        failure = self.journal.past().failure or self._forward()
        if failure is None:
            return self._outcome(Result.GOOD)
        troubles = self._back()
        prepared = any(step.prepares for step in self.steps if step.name == failure.step)
        if not troubles and not prepared:
            troubles = self._still_serving()
        if troubles:
            return self._outcome(Result.STUCK, failure, troubles)
        return self._outcome(Result.REFUSED if prepared else Result.ROLLED_BACK, failure)

    def _forward(self) -> Line | None:
        past = self.journal.past()
        begun, passed = past.steps_in(State.STARTED), past.passed
        for step in self.steps:
            if step.name not in passed and not self._take(step, again=step.name in begun):
                return self.journal.past().failure
        return None

    def _take(self, step: Step, *, again: bool) -> bool:
        began = self.timer.monotonic()
        self.journal.note(step.name, State.STARTED)
        try:
            state, evidence = State.DONE, self._patiently(lambda: _found(step, again=again))
        except Exception as error:
            state, evidence = State.WARNED if step.soft else State.FAILED, described(error)
        self.journal.note(step.name, state, seconds=self.timer.monotonic() - began, evidence=evidence)
        return state is not State.FAILED

    def _patiently(self, act: Callable[[], T]) -> T:
        while True:
            try:
                return act()
            except OpsError:
                if not self.was_away():
                    raise

    def _back(self) -> list[str]:
        past = self.journal.past()
        begun, undone = past.steps_in(State.STARTED), past.steps_in(State.UNDONE)
        doomed = [step for step in reversed(self.steps) if step.name in begun - undone]
        return [trouble for step in doomed if (trouble := self._undo(step))]

    def _undo(self, step: Step) -> str:
        began = self.timer.monotonic()
        try:
            self._patiently(step.undo)
        except Exception as error:
            evidence = described(error)
            self.journal.note(step.name, State.NOT_UNDONE, evidence=evidence)
            return f"{step.name} was not taken back: {evidence['message']}"
        self.journal.note(step.name, State.UNDONE, seconds=self.timer.monotonic() - began)
        return ""

    def _still_serving(self) -> list[str]:
        try:
            self._patiently(self.serves)
        except Exception as error:
            return [f"what served before does not serve again: {described(error)['message']}"]
        return []

    def _outcome(self, result: Result, failure: Line | None = None, troubles: Sequence[str] = ()) -> Outcome:
        past, now = self.journal.past(), self.timer.now()
        return Outcome(
            result=result,
            finished=now.isoformat(),
            seconds=past.seconds_until(now),
            phases={name: line.seconds for name, line in past.passed.items()},
            marks={name: past.seconds_until(datetime.fromisoformat(line.at)) for name, line in past.passed.items()},
            evidence={name: line.evidence for name, line in past.passed.items() if line.state is State.DONE},
            warnings=_warnings(past),
            **_words(failure, troubles),
        )


def described(error: Exception) -> dict[str, str]:
    """Return an error as the journal keeps it."""
    if isinstance(error, OpsError):
        told = {"message": error.message, "state": error.state, "next_command": error.next_command}
        return {"error": type(error).__name__, **told}
    return {"error": type(error).__name__, "message": f"Unexpected {type(error).__name__}: {error}"}


def _found(step: Step, *, again: bool) -> Evidence:
    found = step.check() if again else None
    return step.do() if found is None else found


def _warnings(past: Past) -> tuple[str, ...]:
    return tuple(
        str(line.evidence.get("message", line.step)) for line in past.passed.values() if line.state is State.WARNED
    )


def _words(failure: Line | None, troubles: Sequence[str]) -> dict[str, Any]:
    if failure is None:
        return {}
    told = failure.evidence
    return {
        "step": failure.step,
        "error": told.get("error", ""),
        "message": told.get("message", ""),
        "state": "; ".join([told.get("state", ""), *troubles]).strip("; "),
        "next_command": told.get("next_command", ""),
    }
