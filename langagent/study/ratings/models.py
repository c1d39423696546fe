"""Ratings as the API takes them, and what came of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import Field

from langagent.cards.models import CardStatus
from langagent.core.errors import ErrorCode
from langagent.core.http.schemas import Answer, Body, Moment
from langagent.study.queue.models import Counts, DeckChoice, Learner, Mode, NextAnswer, Shown
from langagent.study.scheduling import Schedule

Source = Literal["app", "bot", "offline", "import"]
LONGEST_MS: Final = 120_000


class OfflineRating(Body):
    """A rating; `client_id` names it, so that sending it again changes nothing."""

    card_id: UUID
    rating: Annotated[int, Field(ge=1, le=4)]
    client_id: UUID
    session_id: UUID | None = None
    duration_ms: Annotated[int, Field(ge=0)] | None = None
    reviewed_at: Moment | None = None


class RatingBody(OfflineRating):
    """A rating, and the queue that the next card comes from: the active deck's by default."""

    deck_id: DeckChoice | None = None
    mode: Mode = "mixed"


class BatchBody(Body):
    """Ratings made offline, in any order."""

    ratings: Annotated[list[OfflineRating], Field(min_length=1, max_length=100)]


class UndoBody(Body):
    """The queue whose counts are answered: the active deck's by default."""

    deck_id: DeckChoice | None = None


class Outcome(Answer):
    """A card after a rating."""

    card_id: UUID
    status: CardStatus
    due: datetime
    interval_days: int
    stability: float
    difficulty: float
    reviews_count: int
    lapses: int
    leech: bool
    last_rating: int
    last_reviewed_at: datetime


class RatedAnswer(Outcome):
    """A card after a rating, and the next one."""

    counts: Counts
    next: NextAnswer


class BatchResult(Answer):
    """What came of one rating of a batch: an outcome, or the code of its refusal."""

    client_id: UUID
    outcome: Outcome | None
    error: ErrorCode | None


class BatchAnswer(Answer):
    """One result for each rating, in the order they were sent."""

    results: list[BatchResult]


class UndoneAnswer(Answer):
    """The card as it was before its rating, ready to be shown again."""

    card_id: UUID
    status: CardStatus
    counts: Counts
    card: Shown


@dataclass(frozen=True, slots=True)
class Given:
    """A rating as a learner gave it.

    Attributes:
        day: learning day of ``at``.
        reps: how often the card had been rated when it was shown; None when nobody noted that.
    """

    card_id: UUID
    rating: int
    client_id: UUID
    session_id: UUID | None
    duration_ms: int | None
    at: datetime
    day: date
    source: Source
    reps: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A card about to be rated, its schedule locked.

    Attributes:
        learner: None when the card may not be read.
        outcome: of the rating with the same ``client_id``, if there was one.
    """

    learner: Learner | None
    schedule: Schedule | None
    outcome: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Undone:
    """A rating that can be taken back."""

    review_id: int
    card_id: UUID
    profile_id: UUID
    rating: int
    local_date: date
    duration_ms: int | None
