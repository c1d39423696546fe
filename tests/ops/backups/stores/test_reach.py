"""A store that does not answer is left out, and that is said."""

from collections.abc import Iterator

import pytest

from langagent.settings import Secret
from ops.backups.catalogue import find
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.stores.base import StoreError
from ops.backups.stores.folder import FolderStore
from ops.backups.stores.reach import reach
from ops.backups.stores.s3 import Bucket, S3Store
from ops.errors import BackupError
from ops.events import Event
from tests.ops.backups import faults as wrong
from tests.ops.backups.faults import misbehaving
from tests.ops.backups.made import backup_in


@pytest.fixture
def silent() -> Iterator[S3Store]:
    """A bucket behind an address where nobody lets anybody in."""
    with misbehaving("") as faults:
        faults.on(wrong.status(403, "AccessDenied"), lambda method, path: True)
        yield S3Store(Bucket(name="away", endpoint=faults.url, access_key="key", secret_key=Secret("key")))


def test_the_others_are_used_and_it_is_warned_of(folder: FolderStore, silent: S3Store) -> None:
    manifest = backup_in(folder)
    told: list[Event] = []
    reached = reach([silent, folder], told.append)
    assert [copy.store for copy in find(reached.stores, "latest")] == [folder]
    assert find(reached.stores, manifest.id)[0].good
    [warning] = told
    assert warning.kind == "warning"
    assert "s3://away answered AccessDenied" in warning.message
    with pytest.raises(BackupError, match=r"s3://away\.") as caught:
        reached.require_all()
    assert caught.value.next_command == "langagent backup doctor"


def test_where_none_answers_nothing_is_done(silent: S3Store) -> None:
    with pytest.raises(StoreError, match="AccessDenied"):
        reach([silent], lambda event: None)


def test_a_backup_goes_where_it_can(database: Database, folder: FolderStore, silent: S3Store) -> None:
    told: list[Event] = []
    with pytest.raises(BackupError, match="not in every store: s3://away: ") as caught:
        create(database, [silent, folder], tell=told.append)
    [kept] = find([folder], "latest")
    assert kept.good
    assert f"{kept.id} is in {folder.name}" in caught.value.state
    assert [event.kind for event in told if event.kind != "progress"] == ["warning"]
