"""Pure rules on the words of cards: normal form, keys, leading articles."""

import re
import unicodedata
from typing import Final

LEMMA_KEY_MAX: Final = 200

# What follows these is a base form already: a singular noun, or an English infinitive.
_BEFORE_BASE_FORM: Final = {
    "en": "a |an |to ",
    "es": "el |la |un |una ",
    "fr": "le |la |un |une |l['’]",
    "de": "der |das |ein |eine ",
    "it": "il |lo |la |un |uno |una |l['’]|un['’]",
    "pt": "o |a |um |uma ",
    "nl": "het |een |['’]t ",
    "sv": "en |ett ",
    "el": "ο |η |το |ένας |μία |μια |ένα ",
}
_BEFORE_ANY_FORM: Final = {
    "en": "the ",
    "es": "los |las |unos |unas ",
    "fr": "les |des ",
    "de": "die ",
    "it": "i |gli |le ",
    "pt": "os |as |uns |umas ",
    "nl": "de ",
    "el": "οι |τα ",
}


def normalise(text: str) -> str:
    """Return `text` in NFC, trimmed, with every run of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def lemma_key(lemma: str) -> str:
    """Return the key under which equal lemmas meet: NFC, case-folded, at most LEMMA_KEY_MAX characters."""
    return normalise(normalise(lemma).casefold())[:LEMMA_KEY_MAX].rstrip()


def strip_article(text: str, language: str) -> str:
    """Return normalised `text` without its leading article (in English, also without "to")."""
    known = [table[language] for table in (_BEFORE_BASE_FORM, _BEFORE_ANY_FORM) if language in table]
    return _strip(text, "|".join(known)) if known else text


def shows_base_form(text: str, language: str) -> bool:
    """Say whether the article of normalised `text` tells that the word after it is a base form already."""
    return language in _BEFORE_BASE_FORM and _strip(text, _BEFORE_BASE_FORM[language]) != text


def _strip(text: str, articles: str) -> str:
    return re.sub(f"^(?:{articles})(?=.)", "", text, flags=re.IGNORECASE)
