"""The storage port: objects named by the SHA-256 of their content, in hex."""

import hashlib
import logging
import re
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Protocol

from prometheus_client import Counter

from langagent.core.errors import AppError, ErrorCode
from langagent.media.models import MediaFile

CHUNK_BYTES: Final = 1 << 16
_NAME: Final = re.compile(r"[0-9a-f]{64}")
FAILURES: Final = Counter("media_storage_failures_total", "Calls that the storage of media refused", ["operation"])

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    """An object: its name is its content's digest."""

    name: str
    bytes: int


class Storage(Protocol):
    """A folder or a bucket. Raises AppError SERVICE_UNAVAILABLE when it does not do what it is asked for."""

    async def put(self, content: AsyncIterable[bytes]) -> Stored:
        """Stores all of ``content``, or nothing when it raises; the same content again changes nothing."""

    def get(self, name: str) -> AsyncIterator[bytes]:
        """The content, piece by piece.

        Raises: AppError NOT_FOUND.
        """

    async def exists(self, name: str) -> bool: ...

    async def delete(self, name: str) -> None:
        """Deletes an object; one that is gone already is fine."""

    async def url(self, file: MediaFile) -> str:
        """A link to a file, good for an hour at most."""

    def path(self, name: str) -> Path | None:
        """Where the object lies on this machine; None when it lies elsewhere."""

    def names(self, before: datetime, *, at_once: int = 1000) -> AsyncIterator[list[str]]:
        """The objects written before this moment, in lists of so many at most."""

    async def tidy(self, before: datetime) -> None:
        """Removes what writers left that were killed before this moment."""


class Writer(Protocol):
    """What content is written to on its way."""

    def write(self, data: bytes, /) -> int: ...


async def spool(content: AsyncIterable[bytes], target: Writer) -> Stored:
    """Writes all of ``content`` and tells what it was."""
    digest, size = hashlib.sha256(), 0
    async for chunk in content:
        digest.update(chunk)
        size += len(chunk)
        target.write(chunk)
    return Stored(digest.hexdigest(), size)


def is_name(text: str) -> bool:
    """Whether an object may be called so; anything else in a folder or bucket is not ours."""
    return _NAME.fullmatch(text) is not None


@contextmanager
def explained(operation: str, *failures: type[Exception]) -> Iterator[None]:
    """Logs and counts what the storage failed at, and raises SERVICE_UNAVAILABLE instead."""
    try:
        yield
    except failures as error:
        FAILURES.labels(operation).inc()
        logger.exception(
            "storage failed",
            extra={"event": "storage_failed", "operation": operation, "error": f"{type(error).__name__}: {error}"},
        )
        raise AppError(ErrorCode.SERVICE_UNAVAILABLE, retry_after=5) from error
