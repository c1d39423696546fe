"""The starter decks: complete, consistent, and true to the rules of their language."""

import re
import unicodedata

import pytest
from pydantic import TypeAdapter, ValidationError

from langagent.accounts.languages import LANGUAGES, LEVELS
from langagent.cards.lemma import lemma_of
from langagent.cards.starters import Bilingual, StarterCard, StarterDeck, find_starter_deck, starter_decks
from langagent.cards.text import lemma_key, normalise, strip_article

ARTICLES = {"es": {"m": "el", "f": "la"}}
FEMININE_WITH_EL = {"agua"}
INFLECTED = {"verb": 2, "adjective": 1}

every_deck = pytest.mark.parametrize("deck", starter_decks(), ids=lambda deck: deck.key)


def texts(card: StarterCard) -> list[str]:
    both = (card.translation, card.example_translation)
    return [card.word, card.lemma, card.example, *(text for each in both for text in (each.ru, each.en))]


def has_letters_of(script: str, text: str) -> bool:
    return any(unicodedata.name(char).startswith(script) for char in text if char.isalpha())


def right_article(card: StarterCard, language: str) -> bool:
    article = card.word.removesuffix(card.lemma).strip()
    if card.part_of_speech != "noun" or not LANGUAGES[language].article:
        return card.gender is None and strip_article(card.word, language) == card.word
    if card.lemma in FEMININE_WITH_EL:
        return (card.gender, article) == ("f", "el")
    return article == ARTICLES[language][card.gender or ""]


def example_has_word(card: StarterCard, language: str) -> bool:
    """Say whether the example has the lemma, a form of it, or its stem where the part of speech is inflected."""
    if " " in card.lemma:
        return lemma_key(card.lemma) in lemma_key(card.example)
    lemma = card.lemma.removesuffix("se") if card.part_of_speech == "verb" else card.lemma
    words = re.findall(r"[^\W\d_]+", card.example.casefold())
    ending = INFLECTED.get(card.part_of_speech)
    by_stem = ending is not None and any(word.startswith(lemma[:-ending]) for word in words)
    return by_stem or lemma in words or lemma in [lemma_of(word, language) for word in words]


@every_deck
def test_the_head_of_a_deck(deck: StarterDeck) -> None:
    assert deck.key == f"{deck.language}-{deck.level.lower()}"
    assert deck.level in LEVELS
    assert deck.title.ru
    assert deck.title.en


@every_deck
def test_a_deck_has_a_hundred_different_lemmas(deck: StarterDeck) -> None:
    keys = [lemma_key(card.lemma) for card in deck.cards]
    assert len(set(keys)) == len(keys) >= 100


@every_deck
def test_texts_are_filled_and_normal(deck: StarterDeck) -> None:
    for card in deck.cards:
        assert all(texts(card)), card.word
        assert bool(card.notes.ru) == bool(card.notes.en), card.word
        assert [normalise(text) for text in texts(card)] == texts(card)


@every_deck
def test_texts_fit_their_columns(deck: StarterDeck) -> None:
    assert [card.word for card in deck.cards if max(map(len, texts(card))) > 200] == []
    assert [card.word for card in deck.cards if max(len(card.notes.ru), len(card.notes.en)) > 1000] == []


@every_deck
def test_translations_are_in_the_script_of_their_language(deck: StarterDeck) -> None:
    for card in deck.cards:
        assert has_letters_of("CYRILLIC", card.translation.ru), card.word
        assert has_letters_of("CYRILLIC", card.example_translation.ru), card.word
        for english in (card.translation.en, card.example_translation.en, card.notes.en):
            assert not has_letters_of("CYRILLIC", english), card.word


@every_deck
def test_nouns_have_the_article_of_their_gender(deck: StarterDeck) -> None:
    assert [card.word for card in deck.cards if not right_article(card, deck.language)] == []


@every_deck
def test_examples_are_short_sentences_with_the_word(deck: StarterDeck) -> None:
    assert [card.word for card in deck.cards if len(card.example.split()) > 15] == []
    assert [card.word for card in deck.cards if card.example[-1] not in ".?!"] == []
    assert [card.word for card in deck.cards if not example_has_word(card, deck.language)] == []


def test_spanish_questions_and_exclamations_are_opened() -> None:
    for deck in starter_decks("es"):
        for card in deck.cards:
            assert card.example.count("¿") == card.example.count("?"), card.example
            assert card.example.count("¡") == card.example.count("!"), card.example


@every_deck
def test_pronunciation_is_broad_and_marks_the_stress(deck: StarterDeck) -> None:
    for card in deck.cards:
        assert card.transcription, card.word
        assert not set(card.transcription) & set("/[]'"), card.word
        assert "ˈ" in card.transcription or len(card.word) <= 3, card.word


def test_a_deck_is_found_by_its_key_only() -> None:
    assert find_starter_deck("es-a1") in starter_decks("es")
    assert find_starter_deck("../starter/es-a1") is None


@pytest.mark.parametrize("language", ["ja", "xx", ".."])
def test_a_language_without_a_deck_has_none(language: str) -> None:
    assert starter_decks(language) == []


def test_a_text_is_given_in_the_native_language() -> None:
    assert [Bilingual("дом", "house").text(native) for native in ("ru", "en")] == ["дом", "house"]


@pytest.mark.parametrize("wrong", ['{"ru": "дом"}', '{"ru": "дом", "en": "house", "de": "Haus"}'])
def test_a_file_with_missing_or_unknown_fields_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Bilingual).validate_json(wrong)
