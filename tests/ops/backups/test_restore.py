"""A restore brings back all of a backup or changes nothing: what it accepts, refuses, and survives."""

import gzip
import os
import random
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event as Flag
from threading import Thread

import psycopg
import pytest
import redis

from langagent.settings import Settings
from ops.backups.catalogue import find
from ops.backups.config import BackupConfig
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.manifest import Manifest
from ops.backups.restore import Restored, identity, restore
from ops.backups.snapshot import locked
from ops.backups.source import DumpFile, StoredDump, find_source
from ops.backups.stores.base import put
from ops.backups.stores.folder import FolderStore
from ops.backups.target import Target, only_one
from ops.embedded.postgres import SUPERUSER, EmbeddedPostgres
from ops.errors import BackupError, ConfigurationError, LockedError, OpsError, PreflightError, VerificationError
from ops.events import Event
from ops.migrations import apply
from tests.processes import python

NOW = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
EARLIER, LATER = [(1, "before")], [(1, "before"), (2, "after")]


def ignore(event: Event) -> None:
    """Listen to nothing."""


@pytest.fixture
def database(postgres: EmbeddedPostgres, empty_database: str) -> Database:
    """The product's database, with a table whose rows tell which moment it is of."""
    apply(empty_database)
    with psycopg.connect(empty_database) as connection:
        connection.execute("create table marks (id int primary key, mark text)")
        connection.execute("insert into marks values (1, 'before')")
    return Database(empty_database, postgres.binaries.folder)


@pytest.fixture
def target(postgres: EmbeddedPostgres, database: Database) -> Target:
    name = database.environment()["PGDATABASE"]
    return Target(postgres.url(SUPERUSER, name), postgres.binaries.folder)


@pytest.fixture
def manifest(database: Database, folder: FolderStore) -> Manifest:
    """A backup; the database has gone on since."""
    manifest = create(database, [folder], tell=ignore).manifest
    with psycopg.connect(database.url) as connection:
        connection.execute("insert into marks values (2, 'after')")
    return manifest


@pytest.fixture
def source(folder: FolderStore, manifest: Manifest) -> StoredDump:
    return StoredDump(find([folder], manifest.id))


def marks(target: Target, name: str = "") -> list[tuple[object, ...]]:
    with target.connect(name or target.name) as connection:
        return connection.execute("select id, mark from marks order by id").fetchall()


def databases(target: Target) -> list[str]:
    """Return the databases that belong to the target, the part of their names after its own."""
    with target.connect() as connection:
        names = connection.execute("select datname from pg_database order by 1").fetchall()
    return [name.removeprefix(target.name) for (name,) in names if name.startswith(target.name)]


def dumped(target: Target, name: str) -> str:
    argv = [target.at(name).program("pg_dump", 18), "--restrict-key=fixed"]
    env = {**os.environ, **target.at(name).environment()}
    return subprocess.run(argv, env=env, capture_output=True, text=True, check=True).stdout


def nothing_has_changed(target: Target) -> None:
    assert marks(target) == LATER
    assert databases(target) == [""]


def run(target: Target, source: StoredDump | DumpFile, to: str = "") -> Restored:
    return restore(target, source, to=to, tell=ignore, now=NOW)


KINDS = """
create table kinds as select
    '{"ä": [1, null]}'::jsonb j, '\\x00ff'::bytea b, now() t, 1e-20 r, array['a', null, E'"\\n'] a, gen_random_uuid() u
"""


def test_it_brings_back_every_byte_and_keeps_the_old_one(
    database: Database, target: Target, source: StoredDump, folder: FolderStore
) -> None:
    run(target, source)  # PostgreSQL spells some constraints otherwise once they were loaded, and then keeps to it
    with psycopg.connect(database.url) as connection:
        connection.execute(KINDS)
    manifest = create(database, [folder], tell=ignore).manifest
    expected = dumped(target, target.name)
    with psycopg.connect(database.url) as connection:
        connection.execute("insert into marks values (2, 'after')")
        connection.execute("drop table kinds")
    second = StoredDump(find([folder], manifest.id))
    done = restore(target, second, tell=ignore, now=NOW + timedelta(days=1))
    assert (done.source, done.kept) == (manifest.id, f"{target.name}_before_20260302_020000")
    assert dumped(target, target.name) == expected
    assert marks(target, done.kept) == LATER
    assert databases(target) == ["", "_before_20260301_020000", "_before_20260302_020000"]
    with target.connect(target.name) as connection:
        assert connection.execute("select count(*) from pg_stats where tablename = 'marks'").fetchone() == (2,)


def test_it_makes_a_database_where_there_is_none(database: Database, target: Target, source: StoredDump) -> None:
    with target.connect() as connection:
        connection.execute(f'alter database "{target.name}" rename to "{target.name}_gone"')
    assert identity(target) is None
    assert run(target, source).kept == ""
    assert marks(target) == EARLIER


def test_a_copy_beside_leaves_the_database_alone(target: Target, source: StoredDump) -> None:
    name = f"{target.name}_copy"
    assert run(target, source, to=name).kept == ""
    assert marks(target, name) == EARLIER
    assert marks(target) == LATER
    with pytest.raises(ConfigurationError, match="already"):
        run(target, source, to=name)
    assert databases(target) == ["", "_copy"]


def test_who_was_erased_stays_erased(database: Database, target: Target, folder: FolderStore) -> None:
    with psycopg.connect(database.url, autocommit=True) as connection:
        for number in (1, 2):
            connection.execute("insert into users (telegram_id, first_name) values (%s, 'A')", (number,))
        manifest = create(database, [folder], tell=ignore).manifest
        connection.execute(
            "with gone as (delete from users where telegram_id = 1 returning id)"
            " insert into erased_accounts (user_id) select id from gone"
        )
    assert run(target, StoredDump(find([folder], manifest.id))).erased == 1
    with target.connect(target.name) as connection:
        assert connection.execute("select telegram_id from users").fetchall() == [(2,)]
        assert connection.execute("select count(*) from erased_accounts").fetchone() == (1,)


def test_nothing_is_sent_or_answered_twice(database: Database, target: Target, folder: FolderStore) -> None:
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute(
            "insert into outbox (chat_id, method, payload, claimed_by, claimed_until)"
            " values (1, 'sendMessage', '{}', null, null), (2, 'sendMessage', '{}', 'me', now())"
        )
        connection.execute("insert into tg_inbox (update_id, chat_key, kind, payload) values (7, 1, 'message', '[1]')")
        manifest = create(database, [folder], tell=ignore).manifest
        connection.execute(
            "update outbox set status = 'sent', done_at = now(), claimed_by = null, claimed_until = null"
        )
    assert run(target, StoredDump(find([folder], manifest.id))).closed == 3
    with target.connect(target.name) as connection:
        rows = connection.execute("select status, done_at is null from outbox").fetchall()
        assert rows == [("skipped", False), ("skipped", False)]
        assert connection.execute("select payload::text, done_at is null from tg_inbox").fetchall() == [("{}", False)]


def test_caches_are_emptied(target: Target, source: StoredDump, redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.set("card:1", "after")
        run(replace(target, redis_url=redis_url), source, to=f"{target.name}_copy")
        assert client.dbsize() == 1
        run(replace(target, redis_url=redis_url), source)
        assert client.dbsize() == 0


def test_without_caches_it_warns_and_is_done(target: Target, source: StoredDump) -> None:
    told: list[Event] = []
    restore(replace(target, redis_url="redis://127.0.0.1:9"), source, tell=told.append, now=NOW)
    assert next(event.message for event in told if event.kind == "warning").startswith("The caches still hold")
    assert [event.kind for event in told] == ["read", "load", "check", "swap", "warning"]
    assert marks(target) == EARLIER


@contextmanager
def busy(database: Database) -> Iterator[list[object]]:
    """Have clients that read all the time and connect again as soon as they are cut off."""
    seen: list[object] = []
    done = Flag()

    def client() -> None:
        while not done.is_set():
            try:
                with psycopg.connect(database.url, autocommit=True) as connection:
                    while not done.is_set():
                        seen.append(connection.execute("select count(*) from marks").fetchone())
            except psycopg.OperationalError as error:
                seen.append(type(error))

    clients = [Thread(target=client) for _ in range(4)]
    for thread in clients:
        thread.start()
    try:
        yield seen
    finally:
        done.set()
        for thread in clients:
            thread.join()


def test_clients_that_hang_on_see_the_one_or_the_other(database: Database, target: Target, source: StoredDump) -> None:
    with busy(database) as seen:
        run(target, source)
        seen.append("swapped")
        while len(seen) < seen.index("swapped") + 100:
            Flag().wait(0.01)
    before, after = seen[: seen.index("swapped")], seen[seen.index("swapped") + 1 :]
    assert (2,) in before
    assert set(after[-20:]) == {(1,)}


STEPS = [
    ("source.StoredDump._unpack", 1),
    ("swap.make_empty", 1),
    ("load._run", 1),
    ("load._run", 2),
    ("load.check", 1),
    ("load.analyze", 1),
    ("aftercare.erase_again", 1),
    ("aftercare.send_nothing_twice", 1),
    ("swap._rename", 1),
    ("swap._rename", 2),
    ("swap.put_in_place", 1),
    ("restore._forget_caches", 1),
]
KILLED = """
import importlib, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from ops.backups.catalogue import find
from ops.backups.restore import restore
from ops.backups.source import StoredDump
from ops.backups.stores.folder import FolderStore
from ops.backups.target import Target

url, client, folder, backup_id, step, call, when = sys.argv[1:]
module, *owner, name = step.split(".")
place = importlib.import_module(f"ops.backups.{module}")
for part in owner:
    place = getattr(place, part)
real, calls = getattr(place, name), 0

def deadly(*args, **kwargs):
    global calls
    calls += 1
    if calls == int(call) and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    result = real(*args, **kwargs)
    if calls == int(call):
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(place, name, deadly)
source = StoredDump(find([FolderStore(Path(folder))], backup_id))
restore(Target(url, Path(client)), source, tell=lambda event: None, now=datetime.now(UTC))
"""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("step", "call"), STEPS)
def test_killed_at_any_step_it_leaves_a_database_and_goes_through_the_next_time(
    target: Target, source: StoredDump, folder: FolderStore, step: str, call: int, when: str
) -> None:
    arguments = [target.url, str(target.client), str(folder.root), source.name, step, str(call), when]
    with python(KILLED, *arguments) as process:
        assert process.wait(60) == -signal.SIGKILL
    swapped = step == "restore._forget_caches" or (step, when) == ("swap.put_in_place", "after")
    assert marks(target) == (EARLIER if swapped else LATER)
    run(target, source)
    assert marks(target) == EARLIER
    assert not [name for name in databases(target) if name.endswith("_restoring")]


FORMATS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "dump.dump": ("--format=custom", bytes),
    "dump.dump.gz": ("--format=custom", gzip.compress),
    "dump.sql": ("--format=plain", bytes),
    "dump.sql.gz": ("--format=plain", gzip.compress),
}


def dump_file(database: Database, path: Path, option: str, *, pack: Callable[[bytes], bytes] = bytes) -> DumpFile:
    argv = [database.program("pg_dump", 18), option]
    env = {**os.environ, **database.environment()}
    path.write_bytes(pack(subprocess.run(argv, env=env, capture_output=True, check=True).stdout))
    return DumpFile(path)


@pytest.mark.parametrize("name", FORMATS)
def test_files_of_pg_dump_are_accepted_whole_and_refused_cut(
    database: Database, target: Target, tmp_path: Path, name: str
) -> None:
    option, pack = FORMATS[name]
    file = dump_file(database, tmp_path / name, option, pack=pack)
    with psycopg.connect(database.url) as connection:
        connection.execute("insert into marks values (2, 'after')")
    whole = file.path.read_bytes()
    for share in (0.1, 0.5, 0.97):
        file.path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(OpsError) as caught:
            run(target, file)
        assert caught.value.state == "No database was changed."
        nothing_has_changed(target)
    file.path.write_bytes(whole)
    run(target, file)
    assert marks(target) == EARLIER


def test_a_file_that_names_its_database_is_refused(database: Database, target: Target, tmp_path: Path) -> None:
    with pytest.raises(PreflightError, match="names itself"):
        run(target, dump_file(database, tmp_path / "dump.sql", "--create"))
    assert databases(target) == [""]


def test_a_pulled_backup_is_known_by_its_manifest(source: StoredDump, folder: FolderStore, manifest: Manifest) -> None:
    found = find_source(BackupConfig(Settings.of_group("backup", {})), str(folder.root / manifest.object), None)
    assert found.manifest == manifest


def test_the_latest_is_of_this_database(target: Target, manifest: Manifest, folder: FolderStore) -> None:
    other = replace(manifest, id="backup_20991231_000000", database=replace(manifest.database, name="other"))
    put(folder, other.key, other.encode())
    found = find([folder], "latest", identity(target))
    assert [copy.id for copy in found] == [manifest.id]


@pytest.mark.parametrize("cut", [False, True])
def test_a_damaged_backup_changes_nothing(
    target: Target, source: StoredDump, folder: FolderStore, manifest: Manifest, cut: bool
) -> None:
    path = folder.root / manifest.object
    whole = path.read_bytes()
    for place in random.Random(1).sample(range(len(whole)), 20):
        flipped = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        path.write_bytes(whole[:place] if cut else flipped)
        with pytest.raises(VerificationError, match="damaged"):
            run(target, source)
    nothing_has_changed(target)


def test_of_two_copies_the_whole_one_serves(
    target: Target, folder: FolderStore, manifest: Manifest, tmp_path: Path
) -> None:
    shutil.copytree(folder.root, tmp_path / "second")
    path = folder.root / manifest.object
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    run(target, StoredDump(find([folder, FolderStore(tmp_path / "second")], manifest.id)))
    assert marks(target) == EARLIER


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


def test_an_older_servers_file_is_accepted_a_newer_ones_not(database: Database, target: Target, tmp_path: Path) -> None:
    file = dump_file(database, tmp_path / "dump.sql", "--format=plain")
    text = file.path.read_text()
    for version, accepted in (("15.3", True), ("99.1", False)):
        file.path.write_text(text.replace("Dumped from database version 18", f"Dumped from database version {version}"))
        if accepted:
            run(target, file)
        else:
            with pytest.raises(PreflightError, match="PostgreSQL 99"):
                run(target, file)


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
case "$*" in *--list*) exec '{real}' "$@" ;; esac
'{real}' --schema-only "$@" && {then}
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


def test_a_server_that_does_not_answer(source: StoredDump) -> None:
    with pytest.raises(BackupError, match="cannot be reached") as caught:
        run(Target("postgresql://nobody@127.0.0.1:9/none"), source)
    assert caught.value.state == "No database was changed."


def test_the_replaced_ones_are_dropped_after_a_week(target: Target, source: StoredDump) -> None:
    for days in (9, 6, 0):
        restore(target, source, tell=ignore, now=NOW - timedelta(days=days))
    assert databases(target) == ["", "_before_20260223_020000", "_before_20260301_020000"]
