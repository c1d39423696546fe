"""What content is, told by its first bytes; only plain text is told apart by its name."""

from typing import Final

HEAD_BYTES: Final = 16
_TEXTS: Final = {".csv": "text/csv", ".json": "application/json", ".tsv": "text/tab-separated-values"}


def type_of(head: bytes, name: str) -> str | None:
    """The MIME type of content that begins with ``head``; None when it is nothing that we store."""
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "application/zip"
    if head.startswith(b"ID3") or _is_mpeg_frame(head):
        return "audio/mpeg"
    suffix = name[name.rfind(".") :]
    return None if b"\0" in head else _TEXTS.get(suffix)


def _is_mpeg_frame(head: bytes) -> bool:
    """Whether this is the header of an MPEG audio frame of layer III (ISO 11172-3, 2.4.1.3)."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    bitrate, sampling = head[2] >> 4, head[2] >> 2 & 3
    return bitrate != 15 and sampling != 3
