"""A backup moves to a newer PostgreSQL, and an older one refuses it; both servers are real."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ops.backups.catalogue import find
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.source import StoredDump
from ops.backups.stores.folder import FolderStore
from ops.backups.target import Target
from ops.embedded.binaries import find_postgres
from ops.embedded.postgres import DATABASE, OWNER, SUPERUSER, EmbeddedPostgres
from ops.errors import PreflightError
from tests.ops.backups.restore.seen import EARLIER, databases, ignore, marks, run


@pytest.fixture
def older(postgres: EmbeddedPostgres, tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    """A server of an older major version than the wheel's, with a row."""
    try:
        installed = find_postgres("installed")
    except PreflightError:
        pytest.skip("apt-get install postgresql")
    if installed.major >= postgres.binaries.major:
        pytest.skip(f"PostgreSQL {installed.major} is not older than the wheel's")
    with EmbeddedPostgres(tmp_path / "older", source="installed", durable=False) as server:
        with psycopg.connect(server.url(OWNER)) as connection:
            connection.execute("create table marks as select 1 as id, 'before' as mark")
        yield server


def backup_of(server: EmbeddedPostgres, database: str, folder: FolderStore) -> StoredDump:
    made = create(Database(server.url(OWNER, database), server.binaries.folder), [folder], tell=ignore)
    return StoredDump(find([folder], made.manifest.id))


def test_a_newer_server_takes_it(older: EmbeddedPostgres, target: Target, folder: FolderStore) -> None:
    run(target, backup_of(older, DATABASE, folder))
    assert marks(target) == EARLIER


def test_an_older_server_refuses_it(
    older: EmbeddedPostgres, postgres: EmbeddedPostgres, target: Target, folder: FolderStore
) -> None:
    source = backup_of(postgres, target.name, folder)
    there = Target(older.url(SUPERUSER), older.binaries.folder)
    with pytest.raises(PreflightError, match="an older one cannot read it"):
        run(there, source)
    assert (marks(there), databases(there)) == (EARLIER, [""])
