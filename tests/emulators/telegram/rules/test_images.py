"""Sizes from the headers of images."""

import pytest

from emulators.telegram.rules.images import image_size

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x40\x00\x00\x00\xf0"
JPEG = b"\xff\xd8\xff\xe0\x00\x04JF\xff\xc0\x00\x11\x08\x00\xf0\x01\x40\x03"
WEBP_LOSSY = b"RIFF\x00\x00\x00\x00WEBPVP8 \x00\x00\x00\x00\x00\x00\x00\x9d\x01\x2a\x40\x01\xf0\x00"
WEBP_EXTENDED = b"RIFF\x00\x00\x00\x00WEBPVP8X\x00\x00\x00\x00\x00\x00\x00\x00\x3f\x01\x00\xef\x00\x00"


@pytest.mark.parametrize("content", [PNG, JPEG, WEBP_LOSSY, WEBP_EXTENDED])
def test_known(content: bytes) -> None:
    assert image_size(content) == (320, 240)


@pytest.mark.parametrize("content", [b"", b"text", PNG[:20], b"\xff\xd8\xff\xe0\x00\x04JF", b"RIFF----WEBPVP8 "])
def test_unknown(content: bytes) -> None:
    assert image_size(content) is None
