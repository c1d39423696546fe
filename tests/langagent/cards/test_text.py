"""Normal forms, keys and articles of words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langagent.accounts.languages import LANGUAGES
from langagent.cards.text import LEMMA_KEY_MAX, lemma_key, normalise, shows_base_form, strip_article


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert "  " not in once


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert lemma_key(lemma_key(text)) == lemma_key(text)


@given(st.text(max_size=LEMMA_KEY_MAX))
def test_a_key_fits_its_column_though_folding_may_lengthen(text: str) -> None:
    assert len(lemma_key(text)) <= LEMMA_KEY_MAX


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Niño", "nin\u0303o"),
        ("  buenos \t días ", "Buenos días"),
        ("Straße", "STRASSE"),
        ("ΛΌΓΟΣ", "λόγος"),
        ("a\u00a0b", "a b"),
    ],
)
def test_the_same_lemma_has_one_key(one: str, other: str) -> None:
    assert lemma_key(one) == lemma_key(other)


@pytest.mark.parametrize(("one", "other"), [("él", "el"), ("sí", "si"), ("año", "ano")])
def test_an_accent_makes_another_lemma(one: str, other: str) -> None:
    assert lemma_key(one) != lemma_key(other)


def test_a_folded_key_is_cut_to_its_column() -> None:
    assert lemma_key("ß" * LEMMA_KEY_MAX) == "s" * LEMMA_KEY_MAX


@pytest.mark.parametrize(
    ("language", "text", "bare"),
    [
        ("es", "la casa", "casa"),
        ("es", "Los niños", "niños"),
        ("es", "la", "la"),
        ("es", "lavar", "lavar"),
        ("es", "él come", "él come"),
        ("en", "the house", "house"),
        ("en", "to go", "go"),
        ("en", "an apple", "apple"),
        ("en", "tomato", "tomato"),
        ("fr", "l'eau", "eau"),
        ("fr", "l’eau", "eau"),
        ("fr", "lune", "lune"),
        ("it", "un'amica", "amica"),
        ("it", "gli amici", "amici"),
        ("de", "Die Kinder", "Kinder"),
        ("de", "dienen", "dienen"),
        ("pt", "a casa", "casa"),
        ("nl", "'t huis", "huis"),
        ("sv", "ett hus", "hus"),
        ("sv", "det regnar", "det regnar"),
        ("el", "το σπίτι", "σπίτι"),
        ("ru", "a b", "a b"),
        ("fr", "la la land", "la land"),
    ],
)
def test_a_leading_article_is_stripped_once(language: str, text: str, bare: str) -> None:
    assert strip_article(text, language) == bare


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("es", "la casa", True),
        ("es", "las casas", False),
        ("es", "casas", False),
        ("en", "to go", True),
        ("en", "the houses", False),
        ("de", "das Haus", True),
        ("de", "die Häuser", False),
        ("ru", "дом", False),
    ],
)
def test_some_articles_tell_a_base_form(language: str, text: str, told: bool) -> None:
    assert shows_base_form(text, language) is told


@pytest.mark.parametrize("code", [code for code, language in LANGUAGES.items() if language.article])
def test_every_language_with_articles_has_its_own(code: str) -> None:
    article = {"es": "el", "fr": "le", "de": "das", "it": "il", "pt": "o", "nl": "het", "sv": "en", "el": "το"}[code]
    assert strip_article(f"{article} x", code) == "x"
