"""`latest` is of the database that answers here; where none does, of any, and whose it is gets told."""

from datetime import timedelta

import pytest

from langagent.settings import Secret, Settings
from ops.backups.config import BackupConfig
from ops.backups.database import Database, identify
from ops.backups.latest import find_here
from ops.backups.manifest import DatabaseIdentity
from ops.backups.stores.folder import FolderStore
from ops.errors import BackupError
from ops.events import Event
from tests.ops.backups.made import NOW, OURS, backup_in

LATER = NOW + timedelta(days=1)
LOST = BackupConfig(Settings(backup_database_url=Secret("postgresql://nobody@127.0.0.1:9/none")))


@pytest.fixture
def here(database: Database) -> BackupConfig:
    return BackupConfig(Settings(backup_database_url=Secret(database.url)))


@pytest.fixture
def own(database: Database) -> DatabaseIdentity:
    with database.connect() as connection:
        return identify(connection)


def latest(config: BackupConfig, store: FolderStore) -> tuple[list[str], list[Event]]:
    told: list[Event] = []
    return [backup.id for backup in find_here(config, [store], "latest", told.append)], told


def test_another_database_has_a_newer_one(here: BackupConfig, own: DatabaseIdentity, folder: FolderStore) -> None:
    wanted = backup_in(folder, database=own)
    backup_in(folder, at=LATER)
    assert latest(here, folder) == ([wanted.id], [])


def test_no_database_answers_and_there_are_several(folder: FolderStore) -> None:
    backup_in(folder)
    newest = backup_in(folder, at=LATER, database=DatabaseIdentity("langagent", "4712"))
    found, [warning] = latest(LOST, folder)
    assert (found, warning.kind) == ([newest.id], "warning")
    assert f"{newest.id} is taken, the newest of all; its database is langagent_4712" in warning.message
    assert "langagent backup list" in warning.message


@pytest.mark.parametrize("config", [LOST, BackupConfig(Settings())], ids=["lost", "not configured"])
def test_no_database_answers_and_all_backups_are_of_one(config: BackupConfig, folder: FolderStore) -> None:
    backup_in(folder)
    newest = backup_in(folder, at=LATER)
    assert latest(config, folder) == ([newest.id], [])


def test_the_database_that_answers_has_none(here: BackupConfig, own: DatabaseIdentity, folder: FolderStore) -> None:
    only = backup_in(folder)
    found, [warning] = latest(here, folder)
    assert found == [only.id]
    assert f"no backup of the database {own.label}" in warning.message
    assert OURS.label in warning.message


def test_a_damaged_one_is_not_made_up_for_by_another_database(
    here: BackupConfig, own: DatabaseIdentity, folder: FolderStore
) -> None:
    backup_in(folder)
    folder.delete(backup_in(folder, at=LATER, database=own).object)
    with pytest.raises(BackupError, match="no good backup"):
        latest(here, folder)


def test_every_copy_in_the_order_of_the_stores(folder: FolderStore) -> None:
    second = FolderStore(folder.root.with_name("second"))
    for store in (folder, second):
        backup_in(store)
    found = find_here(LOST, [second, folder], "latest", lambda event: None)
    assert [backup.store for backup in found] == [second, folder]
