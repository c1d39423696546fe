"""Base forms of words, by the dictionaries that ship with simplemma."""

import subprocess
import sys

import pytest

from langagent.cards.lemma import lemma_of, lemmas_of


@pytest.mark.parametrize(
    ("language", "word", "lemma"),
    [
        ("es", "casas", "casa"),
        ("es", "las casas", "casa"),
        ("es", "  Perros ", "perro"),
        ("es", "comiendo", "comer"),
        ("es", "rojas", "rojo"),
        ("es", "niño".replace("ñ", "n\u0303"), "niño"),
        ("en", "children", "child"),
        ("en", "to go", "go"),
    ],
)
def test_a_known_word_gets_its_base_form(language: str, word: str, lemma: str) -> None:
    assert lemma_of(word, language) == lemma


@pytest.mark.parametrize(
    ("language", "word", "lemma"),
    [
        ("es", "la amiga", "amiga"),
        ("es", "me gusta", "me gusta"),
        ("es", "la media hora", "media hora"),
        ("es", "xqzw", "xqzw"),
        ("es", "Zaragoza", "Zaragoza"),
        ("zh", "房子", "房子"),
        ("ja", "食べます", "食べます"),
        ("es", "", ""),
    ],
)
def test_what_needs_no_dictionary_or_is_in_none_stays(language: str, word: str, lemma: str) -> None:
    assert lemma_of(word, language) == lemma


async def test_many_words_keep_their_order() -> None:
    assert await lemmas_of(["gatos", "xqzw", "casas"], "es") == ["gato", "xqzw", "casa"]


def test_nothing_is_loaded_before_the_first_word() -> None:
    code = "import sys, langagent.cards.lemma; sys.exit('simplemma' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
