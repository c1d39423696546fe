"""A drill restores for real, leaves nothing behind, and notes what it saw."""

import json
from dataclasses import replace
from typing import Any

import pytest

from ops.backups.catalogue import find
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.drill import KEY, drill
from ops.backups.manifest import Manifest
from ops.backups.source import StoredDump
from ops.backups.stores.base import ObjectMissingError, get, put
from ops.backups.stores.folder import FolderStore
from ops.backups.target import Target
from ops.embedded.postgres import SUPERUSER, EmbeddedPostgres
from ops.errors import PreflightError, VerificationError
from tests.ops.backups.made import NOW
from tests.ops.backups.test_create import ignore


@pytest.fixture
def target(postgres: EmbeddedPostgres, database: Database) -> Target:
    return Target(postgres.url(SUPERUSER, database.environment()["PGDATABASE"]), postgres.binaries.folder)


@pytest.fixture
def manifest(database: Database, folder: FolderStore) -> Manifest:
    return create(database, [folder], tell=ignore).manifest


def noted(folder: FolderStore) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(get(folder, KEY))
    return found


def run(target: Target, folder: FolderStore, backup_id: str) -> None:
    drill(target, StoredDump(find([folder], backup_id)), [folder], tell=ignore, now=NOW)


def nothing_is_left(target: Target) -> None:
    with target.connect() as connection:
        query = "select datname from pg_database where starts_with(datname, %s)"
        assert connection.execute(query, (target.name,)).fetchall() == [(target.name,)]


def test_a_good_backup(target: Target, folder: FolderStore, manifest: Manifest) -> None:
    run(target, folder, "latest")
    found = noted(folder)
    assert found.pop("seconds") > 0
    assert found == {"backup": manifest.id, "at": "2026-03-01T02:00:00+00:00", "problem": ""}
    nothing_is_left(target)


def test_one_that_lacks_a_row_fails_and_that_is_noted(target: Target, folder: FolderStore, manifest: Manifest) -> None:
    put(folder, manifest.key, replace(manifest, rows={**manifest.rows, "public.words": 501}).encode())
    with pytest.raises(VerificationError, match="does not restore"):
        run(target, folder, manifest.id)
    assert "public.words has 500 rows instead of 501" in noted(folder)["problem"]
    nothing_is_left(target)


def test_a_server_that_is_too_old_says_nothing_of_the_backup(
    target: Target, folder: FolderStore, manifest: Manifest
) -> None:
    put(folder, manifest.key, replace(manifest, postgres="99.1").encode())
    with pytest.raises(PreflightError):
        run(target, folder, manifest.id)
    with pytest.raises(ObjectMissingError):
        get(folder, KEY)
