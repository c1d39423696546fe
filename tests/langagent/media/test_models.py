"""What content is, and what a key may be."""

import pytest

from langagent.media.formats import type_of
from langagent.media.models import Kind, MediaFile, kind_of


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"ID3\x04\x00", "a", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "a", "audio/mpeg"),
        (b"\xff\xf3\x44\xc4", "a", "audio/mpeg"),
        (b"\xff\xfb\xf0\x00", "a", None),
        (b"\xff\xfb\x9c\x00", "a", None),
        (b"\xff\xf1\x50\x80", "aac.mp3", None),
        (b"OggS\x00\x02", "a", "audio/ogg"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "a", "audio/wav"),
        (b"RIFF\x24\x00\x00\x00AVI LIST", "a.wav", None),
        (b"PK\x03\x04\x14", "deck.apkg", "application/zip"),
        (b"PK\x05\x06\x00", "a", "application/zip"),
        (b"word,translation", "deck.csv", "text/csv"),
        (b"\xef\xbb\xbfword\t", "deck.tsv", "text/tab-separated-values"),
        (b'{"format":', "deck.json", "application/json"),
        (b"", "deck.json", "application/json"),
        (b"MZ\x90\x00\x03", "deck.csv", None),
        (b"<html>", "page.html", None),
        (b"<svg", "a.mp3", None),
        (b"word", "noname", None),
    ],
)
def test_type_of(head: bytes, name: str, expected: str | None) -> None:
    assert type_of(head, name) == expected


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("tts/es/nova/0123abcd.mp3", Kind.TTS),
        ("card_audio/6f1.mp3", Kind.CARD_AUDIO),
        ("export/6f1/Spanish_A1-2.csv", Kind.EXPORT),
    ],
)
def test_a_key_begins_with_its_kind(key: str, kind: Kind) -> None:
    assert kind_of(key) == kind


@pytest.mark.parametrize(
    "key",
    [
        "",
        "tts",
        "tts/",
        "video/1.mp4",
        "/tts/1",
        "tts/../../etc/passwd",
        "tts/.hidden",
        "tts//1",
        "tts/1/",
        "tts\\1",
        "tts/a b",
        "tts/a\n",
        'tts/a"b',
        "tts/%2e%2e/x",
        "tts/\x00",
        "tts/é",
        "tts/" + "x" * 197,
    ],
)
def test_a_key_that_could_lead_elsewhere_is_none(key: str) -> None:
    with pytest.raises(ValueError, match=r"key|Kind"):
        kind_of(key)


def test_a_download_is_saved_under_its_last_name_and_not_cached() -> None:
    headers = MediaFile("export/6f1/deck.csv", "text/csv", 1, "00").headers
    assert headers == {
        "Cache-Control": "private, no-store",
        "Content-Disposition": 'attachment; filename="deck.csv"',
    }
