"""`python -m benchmarks.backup.ours URL CLIENT SINK RECIPIENT`: one backup, in a process of its own."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from langagent.settings import Secret
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.stores.base import ObjectMissingError, Reader, Sink, Store, StoredObject
from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import Bucket, S3Store
from ops.events import Event

BUCKET: Final = "bench"


class Discarding:
    """A store that keeps sizes only."""

    name = "nowhere"

    def __init__(self) -> None:
        self.sizes: dict[str, int] = {}

    def objects(self, prefix: str) -> list[StoredObject]:
        return [StoredObject(key, size) for key, size in self.sizes.items() if key.startswith(prefix)]

    def size(self, key: str) -> int | None:
        return self.sizes.get(key)

    def sink(self, key: str, *, expected_bytes: int = 0) -> Sink:  # noqa: ARG002 - part of the interface
        return _Counting(self, key)

    @contextmanager
    def reading(self, key: str) -> Iterator[Reader]:
        raise ObjectMissingError(key)
        yield

    def delete(self, key: str) -> None:
        self.sizes.pop(key, None)

    def unfinished(self, prefix: str) -> list[str]:  # noqa: ARG002 - part of the interface
        return []

    def discard(self, key: str) -> None:
        """Nothing is ever left."""


class _Counting:
    def __init__(self, store: Discarding, key: str) -> None:
        self.store, self.key, self.count = store, key, 0

    def write(self, data: bytes, /) -> None:
        self.count += len(data)

    def commit(self) -> None:
        self.store.sizes[self.key] = self.count

    def abort(self) -> None:
        """Nothing was kept."""


def bucket(url: str) -> Bucket:
    return Bucket(name=BUCKET, endpoint=url, access_key="bench", secret_key=Secret("bench"))


def _store(sink: str) -> Store:
    if sink == "discard":
        return Discarding()
    if sink.startswith("http"):
        return S3Store(bucket(sink))
    return FolderStore(Path(sink))


def _ignore(event: Event) -> None:
    """Nobody watches."""


def main() -> None:
    url, client, sink, recipient = sys.argv[1:]
    made = create(Database(url, Path(client)), [_store(sink)], recipient=recipient, tell=_ignore)
    print(made.manifest.stored_bytes)


if __name__ == "__main__":
    main()
