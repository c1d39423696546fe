"""A drill restores for real, leaves nothing behind, and notes what it saw."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from psycopg.conninfo import conninfo_to_dict

from ops.backups.catalogue import find
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.drill import FOLDER, Drill, drill, key
from ops.backups.manifest import Manifest
from ops.backups.source import StoredDump
from ops.backups.stores.base import StoreError, get, put
from ops.backups.stores.folder import FolderStore
from ops.backups.target import Target
from ops.embedded.postgres import SUPERUSER, EmbeddedPostgres
from ops.errors import BackupError, PreflightError, VerificationError
from ops.migrations import apply
from tests.ops.backups.made import NOW, OURS
from tests.ops.backups.test_create import ignore


@pytest.fixture
def target(postgres: EmbeddedPostgres, database: Database) -> Target:
    return Target(postgres.url(SUPERUSER, database.environment()["PGDATABASE"]), postgres.binaries.folder)


@pytest.fixture
def manifest(database: Database, folder: FolderStore) -> Manifest:
    return create(database, [folder], tell=ignore).manifest


def noted(folder: FolderStore) -> dict[str, Any]:
    (note,) = folder.objects(FOLDER)
    found: dict[str, Any] = json.loads(get(folder, note.key))
    return found


def run(target: Target, folder: FolderStore, backup_id: str) -> None:
    drill(target, StoredDump(find([folder], backup_id)), [folder], tell=ignore, now=NOW)


def nothing_is_left(target: Target) -> None:
    with target.connect() as connection:
        query = "select datname from pg_database where starts_with(datname, %s)"
        assert connection.execute(query, (target.name,)).fetchall() == [(target.name,)]


def nothing_is_noted(folder: FolderStore) -> None:
    assert list(folder.objects(FOLDER)) == []


def test_a_good_backup(target: Target, folder: FolderStore, manifest: Manifest) -> None:
    run(target, folder, "latest")
    found = noted(folder)
    assert found.pop("seconds") > 0
    assert found == {"backup": manifest.id, "at": "2026-03-01T02:00:00+00:00", "answer": "", "problem": ""}
    assert Drill.noted_in(folder, manifest.database) is not None
    nothing_is_left(target)


def test_no_drill_yet(folder: FolderStore) -> None:
    assert Drill.noted_in(folder, OURS) is None


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"at": 1}'])
def test_a_damaged_note_is_no_drill(folder: FolderStore, content: bytes) -> None:
    put(folder, key(OURS), content)
    with pytest.raises(StoreError, match="damaged"):
        Drill.noted_in(folder, OURS)


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
    nothing_is_noted(folder)


def test_a_server_that_does_not_answer_says_nothing_of_the_backup(folder: FolderStore, manifest: Manifest) -> None:
    with pytest.raises(BackupError, match="cannot be reached"):
        run(Target("postgresql://nobody@127.0.0.1:9/none"), folder, manifest.id)
    nothing_is_noted(folder)


CUT_OFF = """#!/bin/bash
case "$*" in *--list*) exec '{real}/pg_restore' "$@" ;; esac
'{real}/psql' --no-psqlrc --dbname=postgres --command="
    select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'langagent restore'"
exit 1
"""


def test_a_server_that_is_lost_half_way_says_nothing_of_the_backup(
    target: Target, folder: FolderStore, manifest: Manifest, tmp_path: Path
) -> None:
    assert target.client
    script = tmp_path / "pg_restore"
    script.write_text(CUT_OFF.format(real=target.client))
    script.chmod(0o755)
    with pytest.raises(BackupError):
        run(replace(target, client=tmp_path), folder, manifest.id)
    nothing_is_noted(folder)
    run(target, folder, manifest.id)
    nothing_is_left(target)


DISK_FULL = """#!/bin/bash
case "$*" in *--list*) exec '{real}/pg_restore' "$@" ;; esac
echo 'pg_restore: error: could not extend file "base/5/1259": No space left on device' >&2
exit 1
"""


def test_a_server_without_room_says_nothing_of_the_backup(
    target: Target, folder: FolderStore, manifest: Manifest, tmp_path: Path
) -> None:
    script = tmp_path / "pg_restore"
    script.write_text(DISK_FULL.format(real=target.client))
    script.chmod(0o755)
    with pytest.raises(BackupError, match="no room for a second database") as caught:
        run(replace(target, client=tmp_path), folder, manifest.id)
    assert caught.value.state == "No database was changed."
    nothing_is_noted(folder)
    nothing_is_left(target)


@pytest.fixture
def product(postgres: EmbeddedPostgres, empty_database: str) -> Target:
    apply(empty_database)
    return Target(postgres.url(SUPERUSER, str(conninfo_to_dict(empty_database)["dbname"])), postgres.binaries.folder)


def test_the_product_is_asked_for_a_queue(product: Target, folder: FolderStore) -> None:
    create(product.at(product.name), [folder], tell=ignore)
    run(product, folder, "latest")
    assert noted(folder)["answer"] == "0 cards of the last learner, 0 due"


def test_a_product_that_cannot_answer_fails(product: Target, folder: FolderStore) -> None:
    with product.connect(product.name) as connection:
        connection.execute("alter table card_progress rename due to was_due")
    create(product.at(product.name), [folder], tell=ignore)
    with pytest.raises(VerificationError, match="does not answer a study queue"):
        run(product, folder, "latest")
    assert "card_progress.due" in noted(folder)["problem"]
    nothing_is_left(product)
