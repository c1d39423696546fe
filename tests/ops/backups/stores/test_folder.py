"""A folder: private, honest about a full disk, explained where it cannot be used."""

import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ops.backups.stores.base import StoreError, UnreadableError, get, put
from ops.backups.stores.folder import FolderStore


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond this size: to a writer, the same as a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_files_are_for_their_owner_only(folder: FolderStore) -> None:
    put(folder, "database/a", b"1")
    path = folder.root / "database/a"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_full_disk_leaves_what_was_there(folder: FolderStore) -> None:
    put(folder, "a", b"old")
    with room_for(1000), pytest.raises(StoreError, match="cannot be written"):
        put(folder, "a", bytes(5000))
    assert get(folder, "a") == b"old"
    assert folder.unfinished("") == []


@pytest.mark.parametrize("prefix", ["", "database/"])
def test_a_folder_that_cannot_be_listed_is_no_empty_one(folder: FolderStore, prefix: str) -> None:
    folder.root.symlink_to(folder.root)
    with pytest.raises(StoreError, match="cannot be listed"):
        folder.objects(prefix)


def test_a_folder_that_is_not_there_is_an_empty_one(folder: FolderStore) -> None:
    assert folder.objects("database/") == []


def test_a_file_that_cannot_be_read_is_named(folder: FolderStore) -> None:
    folder.root.mkdir()
    (folder.root / "a").symlink_to("/proc/self/mem")
    with pytest.raises(UnreadableError, match="/a cannot be read: Input/output error"), folder.reading("a") as stream:
        stream.read(1)


def test_a_file_in_the_way_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError) as caught:
        put(FolderStore(tmp_path / "file"), "a", b"1")
    assert "ls -ld" in caught.value.next_command
