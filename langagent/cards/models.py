"""Cards as the API shows and takes them."""

from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from langagent.cards.fields import Example, Notes, Search, Tags, Transcription, Translation, Word
from langagent.cards.starters import Gender, PartOfSpeech
from langagent.core.database import Row
from langagent.core.http.schemas import Answer, Changes, PageQuery

CardStatus = Literal["new", "learning", "review", "relearning", "suspended"]
Frequency = Literal["very_common", "common", "medium", "rare"]
CardSource = Literal["chat", "ocr", "voice", "manual", "generated", "starter", "import", "copy"]


class CardAnswer(Answer):
    """A card with the reader's own schedule; `due` and the ratings are null while it is new."""

    id: UUID
    deck_id: UUID
    word: str
    lemma: str
    translation: str
    translation_language: str
    example: str
    example_translation: str
    notes: str
    part_of_speech: PartOfSpeech | None
    gender: Gender | None
    transcription: str | None
    grammar: dict[str, Any]
    frequency: Frequency | None
    tags: list[str]
    source: CardSource
    status: CardStatus
    due: datetime | None
    interval_days: int
    reviews_count: int
    lapses: int
    leech: bool
    last_rating: int | None
    last_reviewed_at: datetime | None
    created_at: datetime
    updated_at: datetime


class ReviewAnswer(Answer):
    """One rating of a card; intervals in days, null before the first rating."""

    reviewed_at: datetime
    rating: int
    state_before: Literal["new", "learning", "review", "relearning"]
    interval_before: int | None
    interval_after: int
    duration_ms: int | None


class CardDetail(CardAnswer):
    """A card with the reader's newest ratings of it, newest first."""

    history: list[ReviewAnswer]


class CardsQuery(PageQuery):
    """Which cards: of one deck, or of `all` decks of the active profile."""

    deck_id: UUID | Literal["all"]
    status: CardStatus | None = None
    search: Search | None = None


class CardChanges(Changes):
    """What may change; `deck_id` moves the card inside its profile, an empty text clears an optional field."""

    word: Word = ""
    translation: Translation = ""
    example: Example = ""
    example_translation: Example = ""
    notes: Notes = ""
    transcription: Transcription = ""
    tags: Tags = ()
    deck_id: UUID = UUID(int=0)


class Duplicate(Answer):
    """A word that is in the profile already, and where."""

    word: str
    card_id: UUID


_CARD_FIELDS: Final = tuple(CardAnswer.model_fields)


def card_answer(row: Row) -> CardAnswer:
    """The card in a row that has the columns of `queries.CARD_COLUMNS`."""
    return CardAnswer(**{name: row[name] for name in _CARD_FIELDS})
