"""Cards before they exist, and what became of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Self
from uuid import UUID

from langagent.accounts.plans.models import LimitWarning
from langagent.cards.content import Described
from langagent.cards.models import CardAnswer
from langagent.cards.text import lemma_key


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose cards are counted, and the plan that limits them."""

    user_id: UUID
    plan: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """An own deck that cards are put into."""

    deck_id: UUID
    profile_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The content of a card to be; texts are normalised and fit their columns."""

    word: str
    lemma: str
    translation: str
    translation_language: str
    example: str = ""
    example_translation: str = ""
    notes: str = ""
    part_of_speech: str | None = None
    gender: str | None = None
    transcription: str | None = None
    tags: Sequence[str] = ()
    frequency_zipf: float | None = None

    @classmethod
    def of(cls, content: Described) -> Self:
        return cls(**asdict(content))

    @property
    def key(self) -> str:
        return lemma_key(self.lemma)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of each draft, in order: the new card, or the id of the one that was there before.

    Attributes:
        limit_warning: set when the cards of the plan are nearly used up.
    """

    results: list[CardAnswer | UUID]
    limit_warning: LimitWarning | None

    @property
    def created(self) -> list[CardAnswer]:
        return [result for result in self.results if isinstance(result, CardAnswer)]
