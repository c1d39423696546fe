"""Sessions as the API starts and sums them up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from langagent.core.http.schemas import Answer, Body, Moment
from langagent.study.queue.models import Counts, DeckChoice, Mode, Shown

LONGEST_QUEUE: Final = 20


class SessionBody(Body):
    """What to study; `size` is the learner's setting by default, and at most 10 for `due` and `new`."""

    deck_id: DeckChoice | None = None
    mode: Mode
    size: Annotated[int, Field(ge=1, le=LONGEST_QUEUE)] | None = None


class SessionAnswer(Answer):
    """A queue to start with; send `session_id` with each rating."""

    session_id: UUID
    queue: list[Shown]
    counts: Counts


class Share(Answer):
    """How often a rating was given, and its part of all."""

    count: int
    share: float


class RatingShares(Answer):
    again: Share
    hard: Share
    good: Share
    easy: Share


class SummaryAnswer(Answer):
    """What a session came to; a session without ratings has zeros."""

    studied: int
    ratings: RatingShares
    new_learned: int
    duration_ms: int
    next_due_at: Moment | None
    level_progress: float


@dataclass(frozen=True, slots=True)
class Tally:
    """A session's ratings, counted; undone ones are not."""

    studied: int
    again: int
    hard: int
    good: int
    easy: int
    new_learned: int
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Latest:
    """A learner's newest rating; ``session_id`` None when it belongs to no session."""

    session_id: UUID | None
    rated_at: datetime


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a learner has of a language.

    Attributes:
        known: cards in review with a stability of a week or more.
    """

    profile_id: UUID
    current_level: str
    known: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands in the profile of a session.

    Attributes:
        known: cards in review with a stability of a week or more.
    """

    current_level: str
    known: int
    next_due_at: datetime | None
