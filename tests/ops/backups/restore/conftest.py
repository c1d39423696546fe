"""A database of the product, its backup, and what it is restored into."""

import psycopg
import pytest

from ops.backups.catalogue import find
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.manifest import Manifest
from ops.backups.source import StoredDump
from ops.backups.stores.folder import FolderStore
from ops.backups.target import Target
from ops.embedded.postgres import SUPERUSER, EmbeddedPostgres
from ops.migrations import apply
from tests.ops.backups.restore.seen import ignore


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
