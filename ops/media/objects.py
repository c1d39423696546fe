"""Objects named by the SHA-256 of their content, in hex: what the product stores, and all that it stores."""

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TypeVar

from ops.backups.encryption import CHUNK
from ops.backups.stores.base import Reader, Store
from ops.backups.stream import DigestReader
from ops.errors import VerificationError

AT_ONCE = 4
_NAME = re.compile(r"[0-9a-f]{64}")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a store holds: bytes by name, and the names of what is not ours."""

    sizes: dict[str, int]
    foreign: list[str]


class DamagedError(VerificationError):
    """The content of an object is not what its name says."""


def inventory(store: Store) -> Inventory:
    """List a store."""
    found = store.objects("")
    sizes = {item.key: item.size for item in found if is_name(item.key)}
    return Inventory(sizes, [item.key for item in found if item.key not in sizes])


def is_name(text: str) -> bool:
    """Say whether one of our objects may be called so."""
    return _NAME.fullmatch(text) is not None


def prove(opened: AbstractContextManager[Reader], name: str) -> None:
    """Read an object to its end.

    Raises:
        DamagedError: its digest is not its name.
        StoreError: it cannot be read.
    """
    with opened as stream:
        reader = DigestReader(stream)
        reader.drain()
    _compare(reader, name)


def copy(opened: AbstractContextManager[Reader], target: Store, name: str) -> int:
    """Copy an object and return its bytes; nothing of it is there before all of it is proved.

    Raises:
        DamagedError: its digest is not its name.
        StoreError: it cannot be read, or not be written.
    """
    sink = target.sink(name)
    try:
        with opened as stream:
            reader = DigestReader(stream)
            while data := reader.read(CHUNK):
                sink.write(data)
        _compare(reader, name)
        sink.commit()
    except BaseException:
        sink.abort()
        raise
    return reader.digest.bytes


def each(names: Sequence[str], work: Callable[[str], Result]) -> Iterator[tuple[str, Result]]:
    """Work on some names at once and yield each with its result; the first error ends it all, begun work aside."""
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="media") as pool:
        futures = {pool.submit(work, name): name for name in names}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _compare(reader: DigestReader, name: str) -> None:
    if reader.digest.sha256 != name:
        raise DamagedError(f"{name} holds {reader.digest.bytes} bytes with the digest {reader.digest.sha256}.")
