"""The table of languages against the specification, the installed lemmatizer and the shipped decks."""

import re

import pytest
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

from langagent.accounts.languages import (
    LANGUAGES,
    LEVELS,
    NATIVE_LANGUAGES,
    in_display_order,
    is_at_least,
    next_level,
)
from langagent.cards.starters import starter_decks

WITH_ARTICLE = {"es", "fr", "it", "de", "pt", "nl", "sv", "el"}
WITHOUT_LEMMATIZER = {"zh", "ja", "ko"}


def test_the_table_holds_every_language_once() -> None:
    specified = "ar cs de el en es fi fr he it ja ka ko nl pl pt ru sr sv tr uk zh"
    assert " ".join(sorted(LANGUAGES)) == specified


@pytest.mark.parametrize("code", LANGUAGES)
def test_properties_of_a_language(code: str) -> None:
    language = LANGUAGES[code]
    assert language.code == code
    assert language.article == (code in WITH_ARTICLE)
    assert language.rtl == (code in {"ar", "he"})
    assert language.lemmatizer == (None if code in WITHOUT_LEMMATIZER else {"sr": "hbs"}.get(code, code))
    assert language.frequency == (None if code in {"ka", *WITHOUT_LEMMATIZER} else {"sr": "sh"}.get(code, code))


@pytest.mark.parametrize("code", LANGUAGES)
def test_names_are_in_their_own_scripts(code: str) -> None:
    language = LANGUAGES[code]
    assert re.fullmatch("[А-Я][а-я]+", language.name("ru"))
    assert re.fullmatch("[A-Z][a-z]+", language.name("en"))
    assert language.name_native.strip()
    assert re.fullmatch("[🇦-🇿]{2}", language.flag)


def test_every_lemmatizer_is_known_to_simplemma() -> None:
    assert {each.lemmatizer for each in LANGUAGES.values() if each.lemmatizer} <= SUPPORTED_LANGUAGES


def test_a_starter_deck_is_promised_where_one_ships() -> None:
    assert {deck.language for deck in starter_decks()} == {each.code for each in LANGUAGES.values() if each.starter}


@pytest.mark.parametrize("native", NATIVE_LANGUAGES)
def test_popular_languages_come_first_and_the_rest_by_name(native: str) -> None:
    shown = in_display_order(native)
    popular = [code for code in ("en", "es", "fr", "de", "it") if code != native]
    names = [each.name(native) for each in shown[len(popular) :]]
    assert [each.code for each in shown[: len(popular)]] == popular
    assert names == sorted(names)
    assert {each.code for each in shown} == LANGUAGES.keys() - {native}


@pytest.mark.parametrize(("level", "following"), [("A1", "A2"), ("B2", "C1"), ("C1", "C2"), ("C2", "C2")])
def test_next_level(level: str, following: str) -> None:
    assert next_level(level) == following


def test_levels_compare_by_their_place_in_the_list() -> None:
    for low, floor in enumerate(LEVELS):
        assert [is_at_least(level, floor) for level in LEVELS] == [place >= low for place in range(len(LEVELS))]
