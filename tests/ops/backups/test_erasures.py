"""The list of erased accounts only ever grows, in every store, for each database by itself."""

from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest

from ops.backups.catalogue import find
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.erasures import FOLDER, collect, key, remember, remember_everywhere
from ops.backups.manifest import DatabaseIdentity
from ops.backups.pull import pull
from ops.backups.stores.base import Store, get, put
from ops.backups.stores.folder import FolderStore
from ops.errors import BackupError
from ops.events import Event
from ops.migrations import apply
from tests.ops.backups.made import OURS, backup_in
from tests.ops.backups.test_create import ignore

ANN, BOB = (UUID(int=number) for number in (1, 2))
THEN = datetime(2026, 3, 1, tzinfo=UTC)
LATER = datetime(2026, 3, 2, tzinfo=UTC)


def test_it_grows_and_never_shrinks(store: Store) -> None:
    assert remember(store, OURS, [(ANN, THEN)]) == 1
    assert remember(store, OURS, []) == 1
    assert remember(store, OURS, [(ANN, LATER), (BOB, LATER)]) == 2
    assert collect([store], [OURS], ignore) == [(ANN, THEN), (BOB, LATER)]


def test_nothing_new_writes_nothing(folder: FolderStore) -> None:
    remember(folder, OURS, [])
    assert list(folder.objects(FOLDER)) == []


def test_another_databases_list_is_its_own(folder: FolderStore) -> None:
    other = DatabaseIdentity("../odd name", "4712")
    remember(folder, other, [(BOB, THEN)])
    remember(folder, OURS, [(ANN, THEN)])
    assert collect([folder], [OURS], ignore) == [(ANN, THEN)]
    assert collect([folder, folder], [OURS, other], ignore) == [(ANN, THEN), (BOB, THEN)]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"erased": {"x": "y"}}', b'{"erased": {'])
def test_a_damaged_list_is_neither_believed_nor_overwritten(folder: FolderStore, content: bytes) -> None:
    whole = FolderStore(folder.root.with_name("whole"))
    put(folder, key(OURS), content)
    with pytest.raises(BackupError, match="damaged") as failed:
        remember_everywhere([folder, whole], OURS, [(ANN, THEN)])
    assert "bring these accounts back" in failed.value.state
    assert get(folder, key(OURS)) == content
    told: list[Event] = []
    assert collect([folder, whole], [OURS], told.append) == [(ANN, THEN)]
    assert "may come back" in told[0].message


def test_a_pulled_backup_brings_the_list_along(store: Store, folder: FolderStore) -> None:
    backup_in(store)
    remember(store, OURS, [(ANN, THEN)])
    home = FolderStore(folder.root.with_name("home"))
    pull(find([store], "latest")[0], home, ignore)
    assert collect([home], [OURS], ignore) == [(ANN, THEN)]


def test_each_backup_refreshes_it_in_every_store(postgres_database: Database, folder: FolderStore) -> None:
    second = FolderStore(folder.root.with_name("second"))
    with psycopg.connect(postgres_database.url) as connection:
        connection.execute("insert into erased_accounts values (%s, %s)", (ANN, THEN))
    manifest = create(postgres_database, [folder, second], tell=ignore).manifest
    for store in (folder, second):
        assert collect([store], [manifest.database], ignore) == [(ANN, THEN)]


@pytest.fixture
def postgres_database(empty_database: str, database: Database) -> Database:
    """The product's database, empty."""
    apply(empty_database)
    return Database(empty_database, database.client)
