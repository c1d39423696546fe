"""Content as it comes: piece by piece."""

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

MP3 = b"\xff\xfb\x90\x00" + bytes(500)


def recording(seed: int = 0, size: int = 5000) -> bytes:
    """An MP3, as far as its first bytes tell; each seed another."""
    return MP3[:4] + Random(seed).randbytes(size)


def listed(folder: Path) -> set[str]:
    """The names in a folder; none when there is no folder."""
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


async def pieces(content: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def broken(content: bytes) -> AsyncIterator[bytes]:
    """Half of it, then no more."""
    yield content[: len(content) // 2]
    raise RuntimeError("the rest never came")


async def whole(content: AsyncIterator[bytes]) -> bytes:
    return b"".join([piece async for piece in content])
