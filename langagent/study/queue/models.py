"""What the queue shows: cards with their captions, counts, and when to come back."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Final, Literal
from uuid import UUID

from langagent.cards.models import CardAnswer
from langagent.core.http.schemas import Answer, Query
from langagent.study.scheduling import Previews, Rules, Schedule

Side = Literal["learning", "native"]
Mode = Literal["mixed", "due", "new"]
DeckChoice = UUID | Literal["all"]


class Rank(IntEnum):
    """Kinds of cards in the order the queue serves them."""

    LEARNING = 1
    REVIEW = 2
    NEW = 3
    LEARNING_LATER = 4


SERVED: Final[dict[Mode, tuple[Rank, ...]]] = {
    "mixed": (Rank.LEARNING, Rank.REVIEW, Rank.NEW),
    "due": (Rank.LEARNING, Rank.REVIEW),
    "new": (Rank.NEW,),
}


@dataclass(frozen=True, slots=True)
class StudyTime:
    """A moment in the learner's day; ``day_end`` is the next 04:00 of their wall clock."""

    now: datetime
    day: date
    day_end: datetime


@dataclass(frozen=True, slots=True)
class Learner:
    """What study asks of a learner and the profile they study in."""

    user_id: UUID
    profile_id: UUID
    active_deck_id: UUID | None
    rules: Rules
    new_cards_per_day: int
    new_card_order: str
    card_side: str
    session_card_count: int


class Counts(Answer):
    """What is left today."""

    learning: int
    review: int
    new: int
    learning_later: int


@dataclass(frozen=True, slots=True)
class Queued:
    """A card in the queue; ``schedule`` None means new, ``rank`` None that it was asked for by its id."""

    card: CardAnswer
    schedule: Schedule | None
    rank: Rank | None


@dataclass(frozen=True, slots=True)
class Queue:
    """The head of a queue; ``is_readable`` is False when no deck of its scope may be read."""

    counts: Counts
    cards: tuple[Queued, ...]
    is_readable: bool


class Shown(Answer):
    """A card to show, its front, and the seconds until it comes back for each rating."""

    card: CardAnswer
    side: Side
    previews: Previews


class NextQuery(Query):
    """Which queue; the active deck's by default."""

    deck_id: DeckChoice | None = None
    mode: Mode = "mixed"


class NextAnswer(Answer):
    """The next card. While `waiting` it is one that may be shown early; `ready_at` says when it is due."""

    status: Literal["card", "waiting", "done"]
    card: CardAnswer | None
    side: Side | None
    previews: Previews | None
    ready_at: datetime | None
    counts: Counts
