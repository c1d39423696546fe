"""A pulled backup is proved before it is there, and its folder is a store."""

import pytest

from ops.backups.catalogue import find, in_store
from ops.backups.pull import pull, pull_any
from ops.backups.stores.base import Store, get, put
from ops.backups.stores.folder import FolderStore
from ops.errors import VerificationError
from ops.events import Event
from tests.ops.backups.made import backup_in


def ignore(event: Event) -> None:
    """Listen to nothing."""


@pytest.fixture
def home(folder: FolderStore) -> FolderStore:
    return FolderStore(folder.root.with_name("home"))


def test_it_is_a_store_of_its_own(store: Store, home: FolderStore) -> None:
    manifest = backup_in(store)
    assert pull(find([store], "latest")[0], home, ignore) == manifest
    assert [backup.manifest for backup in in_store(home)] == [manifest]
    assert get(home, manifest.object) == get(store, manifest.object)


def test_a_damaged_one_does_not_arrive(folder: FolderStore, home: FolderStore) -> None:
    manifest = backup_in(folder)
    put(folder, manifest.object, get(folder, manifest.object)[:-1] + b"x")
    with pytest.raises(VerificationError):
        pull(find([folder], manifest.id)[0], home, ignore)
    assert list(home.objects("")) == []
    assert list(home.unfinished("")) == []


def test_of_two_copies_the_whole_one_arrives(folder: FolderStore, home: FolderStore) -> None:
    manifest = backup_in(folder)
    second = FolderStore(folder.root.with_name("second"))
    put(second, manifest.key, manifest.encode())
    put(second, manifest.object, get(folder, manifest.object)[:-1] + b"x")
    told: list[Event] = []
    source, _ = pull_any(find([second, folder], manifest.id), home, told.append)
    assert source.store is folder
    assert "damaged" in told[0].message
    assert [backup.good for backup in in_store(home)] == [True]
