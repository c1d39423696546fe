"""Stored files, and what each kind of them may be (PRODUCT 7.1)."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_KEY: Final = re.compile(r"[a-z_]+(/[A-Za-z0-9][A-Za-z0-9._-]*)+")
_KEY_LENGTH: Final = 200
_AUDIO: Final = ("audio/mpeg", "audio/ogg", "audio/wav")
_DOCUMENTS: Final = ("application/json", "application/zip", "text/csv", "text/tab-separated-values")


class Kind(StrEnum):
    """What a file is for; its key begins with it."""

    TTS = "tts"
    CARD_AUDIO = "card_audio"
    EXPORT = "export"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a kind of files may be.

    Attributes:
        is_shared: it belongs to nobody; else it goes with its owner's account.
        is_download: browsers save it and cache nothing; else they play it and cache it.
    """

    max_bytes: int
    types: tuple[str, ...]
    is_shared: bool = False
    is_download: bool = False


RULES: Final = {
    Kind.TTS: Rules(1 << 20, ("audio/mpeg",), is_shared=True),
    Kind.CARD_AUDIO: Rules(1 << 20, _AUDIO),
    Kind.EXPORT: Rules(200 << 20, _DOCUMENTS, is_download=True),
    Kind.IMPORT: Rules(20 << 20, _DOCUMENTS, is_download=True),
}


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file by its key.

    Attributes:
        sha256: of the content, in hex: the name of the object that holds it.
    """

    key: str
    mime: str
    bytes: int
    sha256: str

    @property
    def rules(self) -> Rules:
        return RULES[kind_of(self.key)]

    @property
    def headers(self) -> dict[str, str]:
        """What an answer with this file says beside its type."""
        if not self.rules.is_download:
            return {"Cache-Control": "private, max-age=31536000, immutable"}
        name = self.key.rpartition("/")[2]
        return {"Cache-Control": "private, no-store", "Content-Disposition": f'attachment; filename="{name}"'}


def kind_of(key: str) -> Kind:
    """Raises: ValueError for a key that is too long, begins with no kind, or could be taken for another path."""
    if len(key) > _KEY_LENGTH or not _KEY.fullmatch(key):
        raise ValueError(f"not a key of media: {key!r}")
    return Kind(key.partition("/")[0])
