"""A restored database takes the place of the old one, which is kept for a week; a copy takes no place."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event as Flag
from threading import Thread

import psycopg
import pytest

from ops.backups.catalogue import find
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.manifest import Manifest
from ops.backups.restore import identity, restore
from ops.backups.source import StoredDump
from ops.backups.stores.base import put
from ops.backups.stores.folder import FolderStore
from ops.backups.target import Target
from ops.embedded.postgres import EmbeddedPostgres
from ops.errors import ConfigurationError
from tests.ops.backups.restore.seen import EARLIER, LATER, NOW, databases, dumped, ignore, marks, run


def test_it_brings_back_every_byte_and_keeps_the_old_one(
    database: Database, target: Target, source: StoredDump, folder: FolderStore
) -> None:
    run(target, source)  # PostgreSQL spells some constraints otherwise once they were loaded, and then keeps to it
    manifest = create(database, [folder], tell=ignore).manifest
    expected = dumped(target, target.name)
    with psycopg.connect(database.url) as connection:
        connection.execute("insert into marks values (2, 'after')")
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


def test_the_latest_is_of_this_database(target: Target, manifest: Manifest, folder: FolderStore) -> None:
    other = replace(manifest, id="backup_20991231_000000", database=replace(manifest.database, name="other"))
    put(folder, other.key, other.encode())
    found = find([folder], "latest", identity(target))
    assert [copy.id for copy in found] == [manifest.id]


def test_of_two_copies_the_whole_one_serves(
    target: Target, folder: FolderStore, manifest: Manifest, tmp_path: Path
) -> None:
    shutil.copytree(folder.root, tmp_path / "second")
    path = folder.root / manifest.object
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    run(target, StoredDump(find([folder, FolderStore(tmp_path / "second")], manifest.id)))
    assert marks(target) == EARLIER


def test_the_replaced_ones_are_dropped_after_a_week(target: Target, source: StoredDump) -> None:
    for days in (9, 6, 0):
        restore(target, source, tell=ignore, now=NOW - timedelta(days=days))
    assert databases(target) == ["", "_before_20260223_020000", "_before_20260301_020000"]


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


@pytest.fixture
def of_a_server(postgres: EmbeddedPostgres, target: Target) -> Iterator[Target]:
    """The same, as a role with no more rights than a server's: not those of its clients."""
    role = f"{target.name}_restorer"
    with target.connect() as connection:
        connection.execute(f'create role "{role}" login createdb in role langagent_owner, pg_signal_backend')
    yield Target(postgres.url(role, target.name), postgres.binaries.folder)
    with target.connect() as connection:
        connection.execute(f'drop role "{role}"')


def test_clients_that_hang_on_see_the_one_or_the_other(
    postgres: EmbeddedPostgres, of_a_server: Target, source: StoredDump
) -> None:
    clients = Database(postgres.url("langagent_app", of_a_server.name), postgres.binaries.folder)
    with busy(clients) as seen:
        run(of_a_server, source)
        seen.append("swapped")
        while len(seen) < seen.index("swapped") + 100:
            Flag().wait(0.01)
    before, after = seen[: seen.index("swapped")], seen[seen.index("swapped") + 1 :]
    assert (2,) in before
    assert set(after[-20:]) == {(1,)}
