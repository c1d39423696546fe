"""Media in a folder: an object is a file that gets its name when it is whole and on the disk."""

import asyncio
import math
import os
import secrets
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from langagent.core.errors import AppError, ErrorCode
from langagent.media.links import Links
from langagent.media.models import MediaFile
from langagent.media.storage import CHUNK_BYTES, Stored, explained, is_name, spool

UNFINISHED: Final = ".unfinished"


class FolderStorage:
    """All work with the disk is done in threads, but for pieces on their way into the page cache."""

    def __init__(self, root: Path, links: Links) -> None:
        self._root = root
        self._links = links

    async def put(self, content: AsyncIterable[bytes]) -> Stored:
        with explained("put", OSError):
            draft = await asyncio.to_thread(self._begin)
            try:
                with draft:
                    stored = await spool(content, draft)
                    await asyncio.to_thread(self._keep, draft, stored.name)
            except BaseException:
                with suppress(OSError):
                    await asyncio.to_thread(Path(draft.name).unlink)
                raise
            return stored

    async def get(self, name: str) -> AsyncIterator[bytes]:
        with explained("get", OSError):
            try:
                file = await asyncio.to_thread(self.path(name).open, "rb")
            except FileNotFoundError:
                raise AppError(ErrorCode.NOT_FOUND) from None
            with file:
                while chunk := await asyncio.to_thread(file.read, CHUNK_BYTES):
                    yield chunk

    async def exists(self, name: str) -> bool:
        return await asyncio.to_thread(self.path(name).is_file)

    async def delete(self, name: str) -> None:
        with explained("delete", OSError):
            await asyncio.to_thread(self.path(name).unlink, missing_ok=True)

    async def url(self, file: MediaFile) -> str:
        return self._links.url(file.key)

    def path(self, name: str) -> Path:
        return self._root / name

    async def names(self, before: datetime, *, at_once: int = 1000) -> AsyncIterator[list[str]]:
        with explained("list", OSError):
            found = [path.name for path in await asyncio.to_thread(self._files, before) if is_name(path.name)]
        for start in range(0, len(found), at_once):
            yield found[start : start + at_once]

    async def tidy(self, before: datetime) -> None:
        with explained("tidy", OSError):
            for path in await asyncio.to_thread(self._files, before):
                if path.name.endswith(UNFINISHED):
                    await asyncio.to_thread(path.unlink, missing_ok=True)

    def _begin(self) -> BinaryIO:
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        return (self._root / (secrets.token_hex(16) + UNFINISHED)).open("xb")

    def _keep(self, draft: BinaryIO, name: str) -> None:
        draft.flush()
        os.fsync(draft.fileno())
        Path(draft.name).replace(self._root / name)
        _sync(self._root)

    def _files(self, before: datetime) -> list[Path]:
        return sorted(Path(entry.path) for entry in self._entries() if _written_at(entry) < before.timestamp())

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        if self._root.is_dir():
            with os.scandir(self._root) as entries:
                yield from (entry for entry in entries if entry.is_file(follow_symlinks=False))


def _written_at(entry: os.DirEntry[str]) -> float:
    """Seconds since the epoch; for ever in the future when it is gone."""
    try:
        return entry.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
