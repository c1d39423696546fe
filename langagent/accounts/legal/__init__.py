"""The legal texts, each in both native languages."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

DOCUMENTS: Final = ("privacy-policy", "terms-of-service")


@dataclass(frozen=True, slots=True)
class LegalText:
    """A legal text in Markdown; learners consent to a version."""

    version: str
    effective_date: date
    content: str


@cache
def legal_text(document: str, native_language: str) -> LegalText:
    """Return one of DOCUMENTS in `native_language`."""
    source = files(__package__).joinpath(f"{document}.{native_language}.md").read_text(encoding="utf-8")
    _, header, content = source.split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in header.splitlines())
    return LegalText(fields["version"], date.fromisoformat(fields["effective_date"]), content.strip())
