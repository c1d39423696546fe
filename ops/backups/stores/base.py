"""What every store of backups can do."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from ops.errors import BackupError

MIB = 1 << 20


class StoreError(BackupError):
    """A store did not do what it was asked for."""


class ObjectMissingError(StoreError):
    """A store has no object of that name."""


class UnreadableError(StoreError):
    """A store that answers cannot read one of its objects."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object, by the name that it has in its store."""

    key: str
    size: int


class Reader(Protocol):
    """A stream of bytes; an empty answer is its end."""

    def read(self, size: int, /) -> bytes: ...


class Sink(Protocol):
    """Takes one object. Nobody sees any of it before `commit`; `abort` leaves nothing and never raises."""

    def write(self, data: bytes, /) -> None: ...

    def commit(self) -> None: ...

    def abort(self) -> None: ...


class Store(Protocol):
    """A flat set of named objects. Every method raises StoreError when the store does not do it."""

    @property
    def name(self) -> str:
        """What people call it, such as `s3://bucket/prefix`."""

    def objects(self, prefix: str) -> Sequence[StoredObject]:
        """Return the whole objects whose names begin so, by name."""

    def size(self, key: str) -> int | None:
        """Return the bytes of an object as the store counts them; None when there is none."""

    def sink(self, key: str, *, expected_bytes: int = 0) -> Sink:
        """Begin to write an object; an expectation lets large ones fit."""

    def reading(self, key: str) -> AbstractContextManager[Reader]:
        """Open an object.

        Raises:
            ObjectMissingError: there is none.
        """

    def delete(self, key: str) -> None:
        """Delete an object; one that is gone already is fine."""

    def unfinished(self, prefix: str) -> Sequence[str]:
        """Return the names of the objects that somebody began to write and neither committed nor aborted."""

    def discard(self, key: str) -> None:
        """Remove what unfinished writes of that object left."""


def put(store: Store, key: str, data: bytes) -> None:
    """Write a small object whole."""
    sink = store.sink(key, expected_bytes=len(data))
    try:
        sink.write(data)
        sink.commit()
    except BaseException:
        sink.abort()
        raise


def get(store: Store, key: str, limit: int = 16 * MIB) -> bytes:
    """Read a small object whole.

    Raises:
        ObjectMissingError: there is none.
    """
    with store.reading(key) as stream:
        parts = []
        while limit > 0 and (part := stream.read(limit)):
            parts.append(part)
            limit -= len(part)
    return b"".join(parts)
