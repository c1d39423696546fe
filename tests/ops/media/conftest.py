"""A folder of learners' files, an empty bucket for their copies, and a database that speaks of them."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

from ops.backups.stores.base import Store, put
from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import S3Store
from ops.events import Event
from ops.media.references import References
from tests.ops.backups.conftest import empty_bucket
from tests.servers import S3_SERVERS

_INSERT = "insert into media_files (key, mime, bytes, sha256) values (%s, 'audio/mpeg', %s, decode(%s, 'hex'))"


@pytest.fixture
def folder(tmp_path: Path) -> FolderStore:
    store = FolderStore(tmp_path / "media")
    store.root.mkdir()
    return store


@pytest.fixture(params=S3_SERVERS)
def bucket(request: pytest.FixtureRequest) -> S3Store:
    """An empty bucket of each S3 server."""
    return S3Store(empty_bucket(request.getfixturevalue(f"{request.param}_url")))


@pytest.fixture
def versioned(moto_url: str) -> S3Store:
    """An empty bucket that keeps old versions, which rclone's server cannot."""
    store = S3Store(empty_bucket(moto_url))
    store.client.put_bucket_versioning(Bucket=store.bucket.name, VersioningConfiguration={"Status": "Enabled"})
    return store


@dataclass(frozen=True, slots=True)
class Told:
    """What an operation tells."""

    events: list[Event]

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    def of(self, kind: str) -> list[str]:
        return [event.message for event in self.events if event.kind == kind]


@pytest.fixture
def told() -> Told:
    return Told([])


def stored(store: Store, *seeds: int, size: int = 3000) -> list[str]:
    """Put one object for each seed; return their names."""
    contents = [Random(seed).randbytes(size) for seed in seeds]
    names = [hashlib.sha256(content).hexdigest() for content in contents]
    for name, content in zip(names, contents, strict=True):
        put(store, name, content)
    return names


def damage(store: Store, name: str, change: Callable[[bytearray], Any]) -> None:
    """Change what is stored, as a broken disk does."""
    with store.reading(name) as stream:
        content = bytearray(stream.read(1 << 20))
    change(content)
    put(store, name, bytes(content))


def make_unreadable(folder: FolderStore, name: str) -> None:
    """Let reading a file fail with an input/output error, as on a broken disk, even for root."""
    (folder.root / name).unlink()
    (folder.root / name).symlink_to("/proc/self/mem")


def names_in(store: Store) -> set[str]:
    return {item.key for item in store.objects("")}


@pytest.fixture
def references(owner_url: str) -> Iterator[References]:
    """The rows of the migrated database, which is empty at first."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        yield References(connection)


@pytest.fixture
def refer(owner_url: str) -> Callable[..., None]:
    """Make the database speak of these objects."""

    def refer(*names: str, size: int = 3000) -> None:
        with psycopg.connect(owner_url, autocommit=True) as connection:
            for name in names:
                connection.execute(_INSERT, (f"tts/{name}.mp3", size, name))

    return refer
