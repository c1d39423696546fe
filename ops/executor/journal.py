"""The journal of a release: a line for everything that happened, on the disk before the next thing begins."""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any


class State(StrEnum):
    """What a line tells of a step."""

    STARTED = "started"
    PROGRESS = "progress"
    DONE = "done"
    WARNED = "warned"
    FAILED = "failed"
    UNDONE = "undone"
    NOT_UNDONE = "not_undone"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened; `seconds` is the time that the step took."""

    at: str
    step: str
    state: State
    seconds: float = 0.0
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Past:
    """What the lines say together."""

    lines: tuple[Line, ...]

    @property
    def began(self) -> datetime | None:
        return datetime.fromisoformat(self.lines[0].at) if self.lines else None

    @property
    def passed(self) -> dict[str, Line]:
        """The last line of each step that is behind us, with a warning or without."""
        return {line.step: line for line in self.lines if line.state in (State.DONE, State.WARNED)}

    @property
    def failure(self) -> Line | None:
        return next((line for line in self.lines if line.state is State.FAILED), None)

    def seconds_until(self, moment: datetime) -> float:
        """Return the seconds from the first line to a moment."""
        return round((moment - (self.began or moment)).total_seconds(), 3)

    def steps_in(self, *states: State) -> set[str]:
        return {line.step for line in self.lines if line.state in states}


class Journal:
    """The file of one release; only the executor that holds the lock writes it."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._path = path
        self._now = now

    def past(self) -> Past:
        """Return what happened so far."""
        try:
            text = self._path.read_text(errors="replace")
        except FileNotFoundError:
            return Past(())
        return Past(tuple(parse(text.splitlines())))

    def note(self, step: str, state: State, *, seconds: float = 0.0, evidence: Mapping[str, Any] | None = None) -> None:
        """Write a line; all but progress is on the disk when this returns."""
        line = Line(self._now().isoformat(), step, state, round(seconds, 3), evidence or {})
        with self._path.open("ab+") as file:
            file.write(_after_a_torn_line(file.tell(), self._path) + json.dumps(asdict(line)).encode() + b"\n")
            file.flush()
            if state is not State.PROGRESS:
                os.fsync(file.fileno())


def parse(lines: Iterable[str]) -> Iterable[Line]:
    """Yield the lines that are whole; a crash may have torn one."""
    for text in lines:
        try:
            document = json.loads(text)
            yield Line(**{**document, "state": State(document["state"])})
        except (ValueError, TypeError, KeyError):
            continue


def _after_a_torn_line(size: int, path: Path) -> bytes:
    if not size:
        return b""
    with path.open("rb") as file:
        file.seek(size - 1)
        return b"" if file.read(1) == b"\n" else b"\n"
