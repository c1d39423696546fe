"""Decks as the API shows and takes them."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from langagent.accounts.plans.models import LimitWarning
from langagent.cards.adding.models import Shelf
from langagent.cards.fields import DeckName, Description
from langagent.cards.models import Duplicate
from langagent.core.http.schemas import Answer, Body, Changes, Moment, Query

DeckScope = Literal["all", "mine", "group"]


@dataclass(frozen=True, slots=True)
class DeckRef:
    """A deck that someone may read.

    Attributes:
        profile_id: of the deck's owner.
        is_own: whether the reader is the owner.
    """

    id: UUID
    profile_id: UUID
    is_own: bool

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.id, self.profile_id)


class DeckAnswer(Answer):
    """A deck with the reader's own counts."""

    id: UUID
    profile_id: UUID
    name: str
    description: str
    source: str
    is_active: bool
    is_group: bool
    owner_id: UUID
    owner_name: str
    cards_count: int
    new_cards_count: int
    due_cards_count: int
    created_at: Moment
    updated_at: Moment


class CardStats(Answer):
    """Cards by status."""

    new: int
    learning: int
    review: int
    relearning: int
    suspended: int


class RatingCounts(Answer):
    """Cards by the reader's last rating."""

    again: int
    hard: int
    good: int
    easy: int


class DeckDetail(DeckAnswer):
    """A deck with how far the reader is in it."""

    stats: CardStats
    ratings: RatingCounts


class DecksQuery(Query):
    """Whose decks: of the profile, of the learner's groups, or both; the active profile unless named."""

    profile_id: UUID | None = None
    scope: DeckScope = "all"


class NewDeck(Body):
    """A deck for the named profile, or for the active one."""

    profile_id: UUID | None = None
    name: DeckName
    description: Description = ""


class DeckChanges(Changes):
    """What may change about a deck."""

    name: DeckName = ""
    description: Description = ""


class DeckCopy(Body):
    """Name of the copy; that of the deck, numbered if it is taken, unless given."""

    name: DeckName | None = None


class DeckCopied(Answer):
    """The new deck, how many cards it got, and the words that the profile had already."""

    deck: DeckAnswer
    copied: int
    skipped: list[Duplicate]
    limit_warning: LimitWarning | None
