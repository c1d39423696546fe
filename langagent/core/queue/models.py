"""What a queue is made of: its table, its rules, a claim of one row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

ERROR_LENGTH: Final = 300


@dataclass(frozen=True, slots=True)
class QueueTable:
    """A table whose rows are claimed.

    It has the columns not_before, attempts, deaths, claimed_by, claimed_until, claim_no, error, done_at, failed_at
    and the indexes of ``jobs`` (migration 0005): the unique one on the lane is what keeps two workers out of it.

    Attributes:
        key: its primary key column.
        lane: rows of equal value are handled one after another.
        order: column that says which row of a lane is the oldest, and which lane is served first.
        channel: of the NOTIFY that follows an insert.
        spent: a JSON column that is emptied when the row is done; a dead letter keeps it.
    """

    name: str
    key: str
    lane: str
    order: str
    channel: str
    spent: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """How rows are handled; tests shorten it.

    Attributes:
        lease: a claim that was not renewed for so long belongs to whoever takes it.
        limit: the longest a handler may run.
        retries: pauses after the first, second … failure; one failure more is the last.
        deaths: workers that may die with the row in hand before it counts as poison.
        poll: the longest a consumer sleeps when no notification arrives.
        drain: what running handlers get to finish in after a stop.
    """

    lease: timedelta = timedelta(seconds=60)
    limit: timedelta = timedelta(seconds=90)
    retries: tuple[timedelta, ...] = tuple(timedelta(seconds=pause) for pause in (1, 5, 30, 120))
    deaths: int = 3
    poll: timedelta = timedelta(seconds=5)
    drain: timedelta = timedelta(seconds=25)

    def pause_after(self, failures: int) -> timedelta | None:
        """How long to wait after that many failures, or None when there is no next try."""
        return self.retries[failures - 1] if failures <= len(self.retries) else None


DEFAULT_POLICY: Final = Policy()


@dataclass(slots=True, eq=False)
class Claim:
    """One row in hand.

    Attributes:
        number: of the claim; the row's own number has grown when another worker has taken the row since.
        attempts: failures so far.
        row: all columns of the row.
        completed: set when a transaction has marked the row as done; it may still be rolled back.
    """

    table: QueueTable
    key: Any
    number: int
    attempts: int
    deaths: int
    row: Mapping[str, Any] = field(repr=False)
    completed: bool = False

    @property
    def trace_id(self) -> str:
        """Under which its log lines and a dead letter's error are found."""
        return f"{self.table.name}-{self.key}-{self.number}"


class ClaimLost(Exception):  # noqa: N818
    """The row is in another worker's hands, or done: this transaction must not be committed."""


class Postponed(Exception):  # noqa: N818 - it is not an error
    """Raised by a handler: the row, and its lane, shall wait so long; that is no failure."""

    def __init__(self, pause: timedelta) -> None:
        super().__init__(f"postponed by {pause}")
        self.pause = pause
