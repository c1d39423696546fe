"""A backup is whole or not there: what it holds, and everything that can go wrong on the way."""

import resource
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pyrage  # type: ignore[import-untyped]
import pytest

from ops.backups.catalogue import in_store
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.snapshot import locked
from ops.backups.stores.base import Store, get
from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import Bucket, S3Store
from ops.backups.stream import verify
from ops.embedded.postgres import OWNER, EmbeddedPostgres
from ops.errors import BackupError, ConfigurationError, LockedError
from ops.events import Event
from tests.ops.backups import faults as wrong
from tests.ops.backups.clients import client
from tests.ops.backups.faults import Faults
from tests.ops.backups.made import dump_in

KILLED_AT = [0, 5_000, 9_000_000]


def ignore(event: Event) -> None:
    """Listen to nothing."""


def only_the_earlier_is_there(store: Store, earlier: str) -> None:
    """The earlier backup is whole; nothing else lists, nothing is left half written."""
    assert [backup.id for backup in in_store(store)] == [earlier]
    [backup] = in_store(store)
    assert backup.manifest
    verify(store, backup.manifest)
    assert [item.key for item in store.objects("database/")] == [backup.manifest.object, backup.manifest.key]
    assert list(store.unfinished("")) == []


def test_it_holds_the_database_and_says_what_it_is(database: Database, store: Store, tmp_path: Path) -> None:
    told: list[Event] = []
    made = create(database, [store], tell=told.append)
    manifest = made.manifest
    assert manifest.rows == {"public.noise": 1000, "public.words": 500}
    assert manifest.schema_revision is None
    assert manifest.postgres_major == 18
    assert 0 < manifest.stored_bytes < manifest.raw_bytes
    assert made.stores == (store.name,)
    assert {event.kind for event in told} <= {"progress"}
    dump = tmp_path / "dump"
    dump.write_bytes(dump_in(store, manifest))
    assert dump.stat().st_size == manifest.raw_bytes
    listed = subprocess.run(
        [database.program("pg_restore", 18), "--list", dump], capture_output=True, text=True, check=True
    )
    assert "TABLE DATA public words" in listed.stdout


def test_rows_and_dump_are_of_one_moment(database: Database, folder: FolderStore, tmp_path: Path) -> None:
    late = "insert into words values (9999, $$too late$$)"
    script = f'psql="$(dirname "$REAL")/psql"; "$psql" -qc \'{late}\' >&2; "$REAL" "$@"'
    changing = replace(database, client=client(tmp_path / "client", database.client or Path(), script))
    manifest = create(changing, [folder], tell=ignore).manifest
    with psycopg.connect(database.url) as connection:
        assert connection.execute("delete from words where id = 9999").rowcount == 1
    assert manifest.rows["public.words"] == 500
    assert b"too late" not in dump_in(folder, manifest)


def test_encrypted_it_opens_with_its_key_only(database: Database, folder: FolderStore) -> None:
    identity = pyrage.x25519.Identity.generate()
    manifest = create(database, [folder], recipient=str(identity.to_public()), tell=ignore).manifest
    assert manifest.object.endswith(".age")
    assert (folder.root / manifest.object).read_bytes().startswith(b"age-encryption.org/v1")
    assert dump_in(folder, manifest, [identity]).startswith(b"PGDMP")


def test_a_wrong_recipient_is_refused_before_anything(database: Database, folder: FolderStore) -> None:
    with pytest.raises(ConfigurationError, match="no age public key"):
        create(database, [folder], recipient="age1nonsense", tell=ignore)
    assert not folder.root.exists()


def test_every_store_gets_the_same(database: Database, folder: FolderStore, bucket: Bucket) -> None:
    stores: list[Store] = [folder, S3Store(bucket)]
    manifest = create(database, stores, tell=ignore).manifest
    limit = manifest.stored_bytes + 1
    assert get(stores[0], manifest.object, limit) == get(stores[1], manifest.object, limit)
    assert [in_store(store)[0].manifest for store in stores] == [manifest, manifest]


def test_two_in_one_second_do_not_overwrite_each_other(database: Database, folder: FolderStore) -> None:
    now = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
    ids = [create(database, [folder], tell=ignore, now=now).manifest.id for _ in range(2)]
    assert ids == ["backup_20260301_020000", "backup_20260301_020001"]


@pytest.mark.parametrize("bytes_written", KILLED_AT)
def test_a_killed_pg_dump_leaves_nothing(database: Database, store: Store, tmp_path: Path, bytes_written: int) -> None:
    earlier = create(database, [store], tell=ignore).manifest.id
    script = f'"$REAL" "$@" | head -c {bytes_written}; kill -9 $$'
    broken = replace(database, client=client(tmp_path / "client", database.client or Path(), script))
    with pytest.raises(BackupError, match="signal 9") as caught:
        create(broken, [store], tell=ignore)
    assert "earlier backups are untouched" in caught.value.state
    only_the_earlier_is_there(store, earlier)
    create(database, [store], tell=ignore)


def test_a_pg_dump_that_fails_after_its_last_byte(database: Database, store: Store, tmp_path: Path) -> None:
    earlier = create(database, [store], tell=ignore).manifest.id
    script = '"$REAL" "$@"; echo "pg_dump: error: at the very end" >&2; exit 1'
    broken = replace(database, client=client(tmp_path / "client", database.client or Path(), script))
    with pytest.raises(BackupError, match="at the very end"):
        create(broken, [store], tell=ignore)
    only_the_earlier_is_there(store, earlier)


def test_postgres_stopped_half_way(tmp_path: Path, folder: FolderStore) -> None:
    with EmbeddedPostgres(tmp_path / "postgres", source="wheel", durable=False) as server:
        with psycopg.connect(server.url(OWNER), autocommit=True) as connection:
            connection.execute("create table big as select repeat('x', 100) t from generate_series(1, 100000)")
        database = Database(server.url(OWNER), server.binaries.folder)
        earlier = create(database, [folder], tell=ignore).manifest.id
        stop = f"kill -INT $(head -1 '{server.cluster}/postmaster.pid')"
        script = f'"$REAL" "$@" | {{ head -c 100000; {stop}; cat; }}'
        broken = replace(database, client=client(tmp_path / "client", server.binaries.folder, script))
        with pytest.raises(BackupError):
            create(broken, [folder], tell=ignore)
    only_the_earlier_is_there(folder, earlier)


def test_a_database_that_does_not_answer(folder: FolderStore) -> None:
    with pytest.raises(BackupError, match="cannot be reached") as caught:
        create(Database("postgresql://nobody@127.0.0.1:9/none"), [folder], tell=ignore)
    assert "untouched" in caught.value.state


def test_a_role_that_may_not_read_everything(
    database: Database, postgres: EmbeddedPostgres, folder: FolderStore
) -> None:
    name = database.environment()["PGDATABASE"]
    with pytest.raises(BackupError, match="permission denied"):
        create(replace(database, url=postgres.url("langagent_backup", name)), [folder], tell=ignore)
    assert in_store(folder) == []


def test_a_full_disk_leaves_nothing(database: Database, folder: FolderStore) -> None:
    earlier = create(database, [folder], tell=ignore).manifest.id
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, before[1]))
    try:
        with pytest.raises(BackupError, match="cannot be written"):
            create(database, [folder], tell=ignore)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    only_the_earlier_is_there(folder, earlier)
    create(database, [folder], tell=ignore)


FAULTS = {
    "500": wrong.status(500, "InternalError"),
    "403": wrong.status(403, "AccessDenied"),
    "reset": wrong.reset,
    "silent": wrong.silent,
}
WHERE = ["uploads", "partNumber=1", "partNumber=2", "uploadId", ".json"]


@pytest.mark.parametrize(
    ("fault", "where"),
    [
        *(("500", where) for where in WHERE),
        *((fault, "partNumber=2") for fault in FAULTS if fault != "500"),
        ("403", ""),
    ],
)
def test_a_misbehaving_store(database: Database, bucket: Bucket, faults: Faults, fault: str, where: str) -> None:
    healthy, sick = S3Store(bucket), S3Store(replace(bucket, endpoint=faults.url, timeout=0.5))
    earlier = create(database, [healthy], tell=ignore).manifest.id
    faults.on(FAULTS[fault], lambda method, path: method != "GET" and where in path)
    with pytest.raises(BackupError):
        create(database, [sick], tell=ignore)
    assert faults.hits
    assert [backup.id for backup in in_store(healthy) if backup.good] == [earlier]
    faults.off()
    create(database, [sick], tell=ignore)
    assert len(in_store(healthy)) == 2
    assert len(healthy.objects("database/")) == 4
    assert healthy.unfinished("") == []


def test_a_failing_store_does_not_take_the_other_with_it(
    database: Database, folder: FolderStore, bucket: Bucket, faults: Faults
) -> None:
    sick = S3Store(replace(bucket, endpoint=faults.url))
    faults.on(wrong.status(500, "InternalError"), lambda method, path: "partNumber=2" in path)
    with pytest.raises(BackupError, match="not in every store") as caught:
        create(database, [sick, folder], tell=ignore)
    [kept] = in_store(folder)
    assert kept.good
    assert f"{kept.id} is in {folder.name}" in caught.value.state
    assert in_store(sick) == []


def test_one_at_a_time(database: Database, folder: FolderStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ops.backups.snapshot.LOCK_SECONDS", 0)
    with locked(database), pytest.raises(LockedError, match="langagent backup"):
        create(database, [folder], tell=ignore)
    assert not folder.root.exists()


def test_no_password_is_in_a_command_line() -> None:
    database = Database("postgresql://backup:hush@db.example:5433/langagent?sslmode=require")
    assert database.environment() == {
        "PGHOST": "db.example",
        "PGPORT": "5433",
        "PGUSER": "backup",
        "PGPASSWORD": "hush",
        "PGDATABASE": "langagent",
        "PGSSLMODE": "require",
    }
