"""What the optimiser works on and what it finds."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from langagent.core.http.schemas import Answer
from langagent.study.scheduling import Schedule


class OptimiseAnswer(Answer):
    """The job that fits the scheduler, or that moves cards by it; ask `/api/jobs/{id}` how it stands."""

    job_id: UUID


@dataclass(frozen=True, slots=True)
class Review:
    """One rating in the history of a card.

    Attributes:
        days: whole days since the rating before it, 0 for the first.
        at: seconds of the epoch.
    """

    rating: int
    days: int
    at: float


History = list[Review]


@dataclass(frozen=True, slots=True)
class LoggedReview:
    """A valid rating as the log has it; ``is_first`` when its card was new."""

    card_id: UUID
    rating: int
    reviewed_at: datetime
    is_first: bool


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """What a card's schedule shall be, if its last rating is still that of ``schedule``."""

    card_id: UUID
    schedule: Schedule


@dataclass(frozen=True, slots=True)
class Candidate:
    """A profile that was not optimised for a month; ``is_due`` when there is enough to learn from."""

    profile_id: UUID
    user_id: UUID
    is_due: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """New parameters and the log losses of current and new ones on reviews they were not fitted to."""

    parameters: tuple[float, ...]
    loss_before: float
    loss_after: float

    @property
    def is_better(self) -> bool:
        return self.loss_after < self.loss_before
