"""Starter decks: authored content that ships with the product."""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import ClassVar, Literal

from pydantic import ConfigDict, TypeAdapter

from langagent.accounts.languages import LANGUAGES

PartOfSpeech = Literal[
    "noun",
    "verb",
    "adjective",
    "adverb",
    "pronoun",
    "preposition",
    "conjunction",
    "interjection",
    "numeral",
    "phrase",
]
Gender = Literal["m", "f", "n"]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text for learners of each native language."""

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    ru: str
    en: str

    def text(self, native_language: str) -> str:
        """Return the text in `native_language`."""
        return self.ru if native_language == "ru" else self.en


@dataclass(frozen=True, slots=True)
class StarterCard:
    """A card of a starter deck; `word` is shown, with its article where the language has one."""

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    word: str
    lemma: str
    part_of_speech: PartOfSpeech
    translation: Bilingual
    example: str
    example_translation: Bilingual
    gender: Gender | None = None
    transcription: str | None = None
    notes: Bilingual = field(default=Bilingual("", ""))


@dataclass(frozen=True, slots=True)
class StarterDeck:
    """A starter deck; `key` names it in addresses and in `decks.source`."""

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    key: str
    language: str
    level: str
    version: int
    title: Bilingual
    cards: tuple[StarterCard, ...]


def starter_decks(language: str | None = None) -> list[StarterDeck]:
    """Return the starter decks of `language`, or all of them."""
    codes = [language] if language else LANGUAGES
    return [_load(code) for code in codes if code in LANGUAGES and LANGUAGES[code].starter]


def find_starter_deck(key: str) -> StarterDeck | None:
    """Return the starter deck named `key`, or None."""
    return next((deck for deck in starter_decks() if deck.key == key), None)


def starter_key(language: str) -> str | None:
    """Return the key of the deck to begin `language` with, or None."""
    return next((deck.key for deck in starter_decks(language)), None)


@cache
def _load(language: str) -> StarterDeck:
    content = files(__package__).joinpath("starter", f"{language}-a1.json").read_bytes()
    return TypeAdapter(StarterDeck).validate_json(content)
