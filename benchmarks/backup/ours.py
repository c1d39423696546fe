"""One backup or one restore, in a process of its own:

`python -m benchmarks.backup.ours create URL CLIENT SINK RECIPIENT`
`python -m benchmarks.backup.ours restore URL CLIENT FOLDER TO IDENTITY`
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ops.backups.catalogue import find
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.encryption import read_identities
from ops.backups.restore import restore
from ops.backups.source import StoredDump
from ops.backups.stores.base import ObjectMissingError, Reader, Sink, Store, StoredObject
from ops.backups.stores.folder import FolderStore
from ops.backups.target import Target
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


def _store(sink: str) -> Store:
    if sink == "discard":
        return Discarding()
    if sink.startswith("http"):
        from benchmarks.backup.s3 import bucket_at
        from ops.backups.stores.s3 import S3Store

        return S3Store(bucket_at(sink, BUCKET))
    return FolderStore(Path(sink))


def _ignore(event: Event) -> None:
    """Nobody watches."""


def _create(url: str, client: str, sink: str, recipient: str) -> None:
    made = create(Database(url, Path(client)), [_store(sink)], recipient=recipient, tell=_ignore)
    print(made.manifest.stored_bytes)


def _restore(url: str, client: str, folder: str, to: str, identity: str) -> None:
    identities = read_identities(Path(identity)) if identity else None
    source = StoredDump(find([FolderStore(Path(folder))], "latest"), identities)
    restore(Target(url, Path(client)), source, to=to, tell=_ignore, now=datetime.now(UTC))


def main() -> None:
    work, *arguments = sys.argv[1:]
    if work == "create":
        _create(*arguments)
    else:
        _restore(*arguments)


if __name__ == "__main__":
    main()
