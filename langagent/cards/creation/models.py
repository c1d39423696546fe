"""What learners ask to be made into cards, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from langagent.accounts.plans.models import LimitWarning
from langagent.cards.adding.models import Owner, Shelf
from langagent.cards.content import Described, Learning, Lemma, Unknown
from langagent.cards.fields import Context, Example, Notes, Tags, Transcription, Translation, Word
from langagent.cards.models import CardAnswer, Duplicate
from langagent.cards.starters import Gender, PartOfSpeech
from langagent.core.http.schemas import Answer, Body

CARDS_MAX = 100
Reason = Literal["tutor_unavailable", "limit"]


class NewCard(Body):
    """A complete card; nothing is generated for it."""

    word: Word
    translation: Translation
    example: Example = ""
    example_translation: Example = ""
    notes: Notes = ""
    part_of_speech: PartOfSpeech | None = None
    gender: Gender | None = None
    transcription: Transcription | None = None
    tags: Tags = ()


class NewCards(Body):
    """Either words, whose content is looked up or generated, or complete cards.

    They go to the named deck, else to the active one if it is the learner's own, else to the default one.
    `context` is where the words were met: it tells a model which sense is meant.
    """

    deck_id: UUID | None = None
    words: Annotated[tuple[Word, ...], Field(min_length=1)] | None = None
    cards: Annotated[tuple[NewCard, ...], Field(min_length=1, max_length=CARDS_MAX)] | None = None
    context: Context = ""

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.words is None) == (self.cards is None):
            raise PydanticCustomError("either", "either words or cards")
        return self


class Failure(Answer):
    """A word without a card: `tutor_unavailable` needs a translation by hand, `limit` a higher plan."""

    word: str
    reason: Reason


class CardsCreated(Answer):
    """What became of every word; `limit_warning` is set when the cards of the plan are nearly used up."""

    created: list[CardAnswer]
    duplicates: list[Duplicate]
    failed: list[Failure]
    limit_warning: LimitWarning | None


class Item(Answer):
    """What became of one word: exactly one of the new card, the id of the earlier one, and the reason is set."""

    word: str
    card: CardAnswer | None = None
    card_id: UUID | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """Where and for whom cards are made, and where their words were met."""

    owner: Owner
    shelf: Shelf
    learning: Learning
    context: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Words looked up, before anything is stored.

    Attributes:
        existing: cards that the profile has, by key of the lemma.
        contents: of the lemmas that are new to the profile, by key.
    """

    words: Sequence[str]
    lemmas: Sequence[Lemma]
    existing: Mapping[str, UUID]
    contents: Mapping[str, Described | Unknown]


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of some words, in order."""

    items: list[Item]
    limit_warning: LimitWarning | None


def summary(batches: list[Batch]) -> CardsCreated:
    """The answer that says the same as the batches."""
    items = [item for batch in batches for item in batch.items]
    warnings = [batch.limit_warning for batch in batches if batch.limit_warning]
    return CardsCreated(
        created=[item.card for item in items if item.card],
        duplicates=[Duplicate(word=item.word, card_id=item.card_id) for item in items if item.card_id],
        failed=[Failure(word=item.word, reason=item.reason) for item in items if item.reason],
        limit_warning=warnings[-1] if warnings else None,
    )
