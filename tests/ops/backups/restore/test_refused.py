"""What is damaged, too new, incomplete, without room or at a bad moment changes nothing."""

import resource
from dataclasses import replace
from pathlib import Path

import psycopg
import pyrage  # type: ignore[import-untyped]
import pytest

from ops.backups.catalogue import find
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.manifest import Manifest
from ops.backups.snapshot import locked
from ops.backups.source import StoredDump
from ops.backups.stores.base import StoreError, put
from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import Bucket, S3Store
from ops.backups.target import Target, only_one
from ops.errors import BackupError, ConfigurationError, LockedError, OpsError, PreflightError, VerificationError
from tests.ops.backups.faults import misbehaving, reset
from tests.ops.backups.restore.seen import (
    databases,
    ignore,
    nothing_has_changed,
    run,
)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rows": {"public.marks": 7}}, "public.marks has 1 rows instead of 7"),
        ({"schema_revision": 99}, "instead of 99"),
    ],
)
def test_what_comes_out_otherwise_than_recorded_is_refused(
    target: Target, folder: FolderStore, manifest: Manifest, change: dict[str, object], words: str
) -> None:
    put(folder, manifest.key, replace(manifest, **change).encode())  # type: ignore[arg-type]
    with pytest.raises(VerificationError, match=words):
        run(target, StoredDump(find([folder], manifest.id)))
    nothing_has_changed(target)


def test_a_newer_servers_backup_is_refused(target: Target, folder: FolderStore, manifest: Manifest) -> None:
    put(folder, manifest.key, replace(manifest, postgres="99.1").encode())
    with pytest.raises(PreflightError, match="PostgreSQL 99, the server is PostgreSQL 18"):
        run(target, StoredDump(find([folder], manifest.id)))
    nothing_has_changed(target)


def test_a_backup_with_a_table_that_does_not_load(database: Database, target: Target, folder: FolderStore) -> None:
    with psycopg.connect(database.url) as connection:
        connection.execute(
            "create function only_here() returns bool immutable language sql as $$"
            " select current_database() !~ 'restoring' $$"
        )
        connection.execute("create table picky (x int check (public.only_here()))")
        connection.execute("insert into picky values (1)")
    manifest = create(database, [folder], tell=ignore).manifest
    with pytest.raises(BackupError, match="picky"):
        run(target, StoredDump(find([folder], manifest.id)))
    assert databases(target) == [""]


HALF = """#!/bin/bash
case "$*" in *--section=data*) {then} ;; esac
exec '{real}' "$@"
"""


@pytest.mark.parametrize(
    ("then", "error", "words"),
    [("kill -9 $$", BackupError, "pg_restore could not"), ("exit 0", VerificationError, "0 rows instead of")],
)
def test_a_pg_restore_that_does_half_of_it(
    target: Target, source: StoredDump, tmp_path: Path, then: str, error: type[OpsError], words: str
) -> None:
    real = target.at("").program("pg_restore", 18)
    (tmp_path / "client").mkdir()
    script = tmp_path / "client" / "pg_restore"
    script.write_text(HALF.format(real=real, then=then))
    script.chmod(0o755)
    with pytest.raises(error, match=words):
        run(replace(target, client=script.parent), source)
    nothing_has_changed(target)


def test_one_restore_at_a_time(target: Target, source: StoredDump, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ops.backups.target.LOCK_SECONDS", 0)
    with only_one(target, target.name), pytest.raises(LockedError, match=r"Another restore .*database process"):
        run(target, source)
    nothing_has_changed(target)


def test_not_beside_a_backup(
    target: Target, database: Database, source: StoredDump, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ops.backups.snapshot.LOCK_SECONDS", 0)
    with locked(database), pytest.raises(LockedError, match="langagent backup"):
        run(target, source)
    nothing_has_changed(target)


def test_no_room_for_the_dump(target: Target, source: StoredDump) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(PreflightError, match="no room") as caught:
            run(target, source)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "TMPDIR" in caught.value.next_command
    nothing_has_changed(target)


def test_another_key_changes_nothing(database: Database, target: Target, folder: FolderStore) -> None:
    right, wrong = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    copies = find([folder], create(database, [folder], recipient=str(right.to_public()), tell=ignore).manifest.id)
    for identities in (None, [wrong]):
        with pytest.raises(ConfigurationError, match="does not open") as caught:
            run(target, StoredDump(copies, identities))
        assert caught.value.state.startswith("No database was changed")
        assert "BACKUP_IDENTITY_FILE" in caught.value.next_command
    assert databases(target) == [""]


def test_a_store_out_of_reach_changes_nothing(database: Database, target: Target, bucket: Bucket) -> None:
    with misbehaving(bucket.endpoint) as faults:
        store = S3Store(replace(bucket, endpoint=faults.url))
        source = StoredDump(find([store], create(database, [store], tell=ignore).manifest.id))
        faults.on(reset, lambda method, path: method == "GET")
        with pytest.raises(StoreError, match="cannot be reached") as caught:
            run(target, source)
    assert (caught.value.state, caught.value.next_command) == ("No database was changed.", "langagent backup doctor")
    assert databases(target) == [""]


def test_a_server_that_does_not_answer(source: StoredDump) -> None:
    with pytest.raises(BackupError, match="cannot be reached") as caught:
        run(Target("postgresql://nobody@127.0.0.1:9/none"), source)
    assert caught.value.state == "No database was changed."
