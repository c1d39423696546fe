"""What lists as a backup, and what does not."""

from datetime import timedelta
from pathlib import Path

import pytest

from ops.backups.catalogue import find, in_store
from ops.backups.manifest import FOLDER, DatabaseIdentity
from ops.backups.stores.base import Store, get, put
from ops.backups.stores.folder import FolderStore
from ops.errors import BackupError, ConfigurationError
from tests.ops.backups.made import NOW, OURS, backup_in


def test_the_newest_first_and_nothing_foreign(store: Store) -> None:
    older, newer = backup_in(store), backup_in(store, at=NOW + timedelta(days=1))
    put(store, FOLDER + "backup_20260101_020000.dump.zst", b"a dump without a manifest")
    put(store, FOLDER + "notes.json", b"{}")
    assert [(backup.id, backup.good) for backup in in_store(store)] == [(newer.id, True), (older.id, True)]


def test_what_is_wrong_is_said(store: Store) -> None:
    missing, short, torn = (backup_in(store, at=NOW + timedelta(days=day)) for day in range(3))
    store.delete(missing.object)
    put(store, short.object, b"short")
    put(store, torn.key, get(store, torn.key)[:-1])
    problems = {backup.id: backup.problem for backup in in_store(store)}
    assert problems == {
        missing.id: f"{missing.object} is missing.",
        short.id: f"It has 5 bytes instead of {short.stored_bytes}.",
        torn.id: "The manifest is damaged: it is not spelt as it was written.",
    }


def test_latest_is_the_newest_good_one_of_the_database(folder: FolderStore) -> None:
    good = backup_in(folder)
    backup_in(folder, at=NOW + timedelta(days=1), database=DatabaseIdentity("langagent", "other"))
    bad = backup_in(folder, at=NOW + timedelta(days=2))
    folder.delete(bad.object)
    assert [backup.id for backup in find([folder], "latest", OURS)] == [good.id]
    assert [backup.manifest for backup in find([folder], bad.id)] == [bad]


def test_an_unknown_id_and_no_backup_at_all(folder: FolderStore) -> None:
    with pytest.raises(ConfigurationError) as caught:
        find([folder], "backup_20200101_000000")
    assert caught.value.next_command == "langagent backup list"
    with pytest.raises(BackupError, match="no good backup"):
        find([folder], "latest")


def test_anothers_backup_of_the_same_second_is_no_copy(folder: FolderStore, tmp_path: Path) -> None:
    other = DatabaseIdentity("langagent", "other")
    second = FolderStore(tmp_path / "second")
    theirs, ours = backup_in(folder, database=other), backup_in(second)
    assert theirs.id == ours.id
    for what in ("latest", ours.id):
        for database, manifest in ((OURS, ours), (other, theirs)):
            assert [backup.manifest for backup in find([folder, second], what, database)] == [manifest]
    second.delete(ours.object)
    assert [backup.manifest for backup in find([folder, second], ours.id, OURS)] == [ours]
