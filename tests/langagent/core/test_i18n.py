"""Catalogues: every key in both languages, with the same parameters; every key used, every use known."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from langagent.core import i18n
from langagent.core.errors import ErrorCode

PACKAGE = Path(i18n.__file__).parents[1]
DOMAINS = sorted(path.stem for path in (PACKAGE / "locales/en/LC_MESSAGES").glob("*.po"))
SERVER_DOMAINS = [domain for domain in DOMAINS if domain != "web"]
PREFIX = re.compile(r"[a-z][a-z_]*\.")
KEY = re.compile(r"[a-z][a-z_]*(\.[a-z0-9_]+)+")


def _catalogue(language: str, domain: str) -> Catalog:
    with (PACKAGE / "locales" / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def _texts(catalogue: Catalog) -> dict[str, tuple[str, ...]]:
    return {
        message.id if isinstance(message.id, str) else message.id[0]: (message.string,)
        if isinstance(message.string, str)
        else tuple(message.string or ())
        for message in catalogue
        if message.id
    }


def _parameters(texts: tuple[str, ...]) -> set[str]:
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("domain", SERVER_DOMAINS)
def test_both_languages_say_the_same(domain: str) -> None:
    russian, english = (_texts(_catalogue(language, domain)) for language in i18n.LANGUAGES)
    assert russian.keys() == english.keys()
    assert {key: _parameters(texts) for key, texts in russian.items()} == {
        key: _parameters(texts) for key, texts in english.items()
    }
    assert all(text for texts in [*russian.values(), *english.values()] for text in texts)


def _literals() -> set[str]:
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
                found.add(node.value)
    return found


def _prefixes() -> set[str]:
    """What f-strings such as `f"goals.{goal}"` begin keys with."""
    return {
        head.value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.JoinedStr) and isinstance(head := node.values[0], ast.Constant)
        if isinstance(head.value, str) and PREFIX.fullmatch(head.value)
    }


def test_no_key_is_unused() -> None:
    used = _literals() | {f"errors.{code.value.lower()}" for code in ErrorCode}
    known = {key for domain in SERVER_DOMAINS for key in _texts(_catalogue("en", domain))}
    assert {key for key in known - used if not key.startswith(tuple(_prefixes()))} == set()


def test_every_error_has_a_text() -> None:
    known = _texts(_catalogue("en", "api")).keys()
    assert {f"errors.{code.value.lower()}" for code in ErrorCode} - known == set()


def test_plural_forms_follow_the_language() -> None:
    assert i18n.preferred_language("de, en;q=0.8") == "en"
    assert i18n.preferred_language("") == "ru"
