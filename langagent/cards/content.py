"""The content port: what a card for a word says, and the provider that answers without a model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, Protocol

from langagent.accounts.languages import LANGUAGES
from langagent.cards.lemma import lemmas_of
from langagent.cards.starters import Gender, PartOfSpeech, StarterCard, starter_decks
from langagent.cards.text import lemma_key, normalise, strip_article


@dataclass(frozen=True, slots=True)
class Learning:
    """Whom content is for: nothing in it is personal, so that learners of a pair and level may share it."""

    language: str
    native_language: str
    level: str


@dataclass(frozen=True, slots=True)
class Lemma:
    """A word as it was given, its base form without article, and the form to show, with one where the language has."""

    word: str
    lemma: str
    display: str


@dataclass(frozen=True, slots=True)
class Described:
    """The content of a new card; `word` is the form to show."""

    word: str
    lemma: str
    translation: str
    translation_language: str
    example: str
    example_translation: str
    notes: str
    part_of_speech: PartOfSpeech
    gender: Gender | None
    transcription: str | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """No content for a word, and why; the learner may still write the card by hand."""

    word: str
    reason: Literal["tutor_unavailable"]


class ContentProvider(Protocol):
    """Turns words into the content of cards.

    The two steps are apart so that duplicates are found, by lemma, before any content is paid for.
    Both answer every item, in order: a failure of one never blocks the others.
    """

    async def lemmas(self, words: Sequence[str], learning: Learning) -> list[Lemma]:
        """Return the base form of each word or phrase."""
        ...

    async def describe(
        self, lemmas: Sequence[Lemma], learning: Learning, context: str = "", /
    ) -> list[Described | Unknown]:
        """Return the content for each lemma, in the sense it has in `context`, or the reason why there is none."""
        ...


class OfflineContent:
    """Content without a model: what the starter decks say, and a plain word about everything else."""

    async def lemmas(self, words: Sequence[str], learning: Learning) -> list[Lemma]:
        """Return base forms by the starter decks first, by the dictionary of the language otherwise."""
        language = learning.language
        texts = [normalise(word) for word in words]
        bare = {text: strip_article(text, language) for text in texts}
        unlisted = [text for text in texts if _find(text, bare[text], language) is None]
        base_forms = bare | dict(zip(unlisted, await lemmas_of(unlisted, language), strict=True))
        return [_lemma(text, base_forms[text], language) for text in texts]

    async def describe(
        self, lemmas: Sequence[Lemma], learning: Learning, _context: str = "", /
    ) -> list[Described | Unknown]:
        """Return the starter decks' content, which has one sense per word; `tutor_unavailable` for other words."""
        cards = _dictionary(learning.language)
        return [_describe(each, cards.get(lemma_key(each.display)), learning.native_language) for each in lemmas]


def described(card: StarterCard, native_language: str) -> Described:
    """Return what a starter deck says of a word, for learners of `native_language`."""
    return Described(
        word=card.word,
        lemma=card.lemma,
        translation=card.translation.text(native_language),
        translation_language=native_language,
        example=card.example,
        example_translation=card.example_translation.text(native_language),
        notes=card.notes.text(native_language),
        part_of_speech=card.part_of_speech,
        gender=card.gender,
        transcription=card.transcription,
    )


def _lemma(text: str, base_form: str, language: str) -> Lemma:
    card = _find(text, base_form, language)
    return Lemma(text, card.lemma, card.word) if card else Lemma(text, base_form, text)


def _describe(lemma: Lemma, card: StarterCard | None, native_language: str) -> Described | Unknown:
    return described(card, native_language) if card else Unknown(lemma.word, "tutor_unavailable")


def _find(text: str, base_form: str, language: str) -> StarterCard | None:
    """Return the card shown as `text`, or that of its base form: a noun, when `text` has an article."""
    cards = _dictionary(language)
    card = cards.get(lemma_key(base_form))
    if card and LANGUAGES[language].article and strip_article(text, language) != text:
        card = card if card.part_of_speech == "noun" else None
    return cards.get(lemma_key(text), card)


@cache
def _dictionary(language: str) -> Mapping[str, StarterCard]:
    """Map the keys of lemmas and shown forms to cards; a lemma wins over another card's shown form."""
    cards = [card for deck in starter_decks(language) for card in deck.cards]
    return {lemma_key(card.word): card for card in cards} | {lemma_key(card.lemma): card for card in cards}
