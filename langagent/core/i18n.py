"""Gettext catalogues in Russian and English; message ids are stable keys such as `errors.conflict`."""

import gettext
import io
from functools import cache
from importlib import resources
from typing import Any, Final

LANGUAGES: Final = ("ru", "en")
DEFAULT_LANGUAGE: Final = "ru"


@cache
def catalogue(domain: str, language: str) -> gettext.GNUTranslations:
    """The texts of ``domain`` (`api`, `bot`); compiled from the .po file at first use."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    source = resources.files("langagent") / "locales" / language / "LC_MESSAGES" / f"{domain}.po"
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source.read_bytes()), locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def text(language: str, key: str, /, *, domain: str = "api", **params: Any) -> str:
    """The text under ``key``; parameters are filled in by `str.format`."""
    return catalogue(domain, language).gettext(key).format(**params)


def plural(language: str, key: str, count: int, /, *, domain: str = "api", **params: Any) -> str:
    """The plural form that CLDR gives ``count`` in ``language``."""
    return catalogue(domain, language).ngettext(key, f"{key}.plural", count).format(count=count, **params)


def preferred_language(accept_language: str) -> str:
    """The first of our languages that an Accept-Language header names."""
    for part in accept_language.lower().split(","):
        tag = part.split(";")[0].strip()[:2]
        if tag in LANGUAGES:
            return tag
    return DEFAULT_LANGUAGE
