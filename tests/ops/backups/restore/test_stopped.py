"""PostgreSQL stopped in the middle of a restore: the old database is whole, and the next restore goes through."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from ops.backups.catalogue import find
from ops.backups.create import create
from ops.backups.source import StoredDump
from ops.backups.stores.folder import FolderStore
from ops.backups.target import Target
from ops.embedded.postgres import OWNER, SUPERUSER, EmbeddedPostgres
from ops.errors import BackupError
from tests.ops.backups.restore.seen import EARLIER, LATER, databases, ignore, marks, run

STOP = """#!/bin/bash
case "$*" in *--section=post-data*) kill -{signal} $(head -1 '{cluster}/postmaster.pid') ;; esac
exec '{real}/pg_restore' "$@"
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    """A server that may be stopped, with a row."""
    with EmbeddedPostgres(tmp_path / "postgres", source="wheel") as server:
        with psycopg.connect(server.url(OWNER)) as connection:
            connection.execute("create table marks as select 1 as id, 'before' as mark")
        yield server


@pytest.mark.parametrize("signal", ["INT", "KILL"])
def test_a_server_that_ends_half_way(
    server: EmbeddedPostgres, folder: FolderStore, tmp_path: Path, signal: str
) -> None:
    target = Target(server.url(SUPERUSER), server.binaries.folder)
    backup = StoredDump(find([folder], create(target.at(target.name), [folder], tell=ignore).manifest.id))
    with psycopg.connect(server.url(OWNER)) as connection:
        connection.execute("insert into marks values (2, 'after')")
    script = tmp_path / "client" / "pg_restore"
    script.parent.mkdir()
    script.write_text(STOP.format(real=server.binaries.folder, signal=signal, cluster=server.cluster))
    script.chmod(0o755)
    with pytest.raises(BackupError) as caught:
        run(replace(target, client=script.parent), backup)
    assert caught.value.state
    assert caught.value.next_command
    server.stop()
    server.start()
    assert marks(target) == LATER
    run(target, backup)
    assert marks(target) == EARLIER
    assert not [name for name in databases(target) if name.endswith("_restoring")]
