"""Stores and databases to back up: real ones."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from benchmarks.backup.s3 import make_bucket
from ops.backups.database import Database
from ops.backups.stores.base import MIB, Store
from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import Bucket, S3Store
from ops.embedded.postgres import OWNER, SUPERUSER, EmbeddedPostgres
from tests.ops.backups.faults import Faults, misbehaving
from tests.servers import S3_SERVERS

DATABASE = "to_back_up"


def empty_bucket(url: str) -> Bucket:
    """Make a bucket whose requests are small and whose time-outs short."""
    made = make_bucket(url, f"test-{uuid4().hex}")
    return replace(made, prefix="prefix/", part_bytes=5 * MIB, attempts=2, timeout=2)


@pytest.fixture(params=S3_SERVERS)
def bucket(request: pytest.FixtureRequest) -> Bucket:
    """An empty bucket of each S3 server."""
    return empty_bucket(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def folder(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "backups")


@pytest.fixture(params=["folder", *S3_SERVERS])
def store(request: pytest.FixtureRequest) -> Store:
    """Every kind of store, empty."""
    if request.param == "folder":
        return FolderStore(request.getfixturevalue("tmp_path") / "backups")
    return S3Store(empty_bucket(request.getfixturevalue(f"{request.param}_url")))


@pytest.fixture
def faults(bucket: Bucket) -> Iterator[Faults]:
    """A proxy in front of the bucket's server; tell it what goes wrong."""
    with misbehaving(bucket.endpoint) as faults:
        yield faults


@pytest.fixture(scope="session")
def database(postgres: EmbeddedPostgres) -> Database:
    """A database with 2 tables and some 12 MB that do not compress; tests leave it as it was."""
    url = postgres.url(OWNER, DATABASE)
    with psycopg.connect(postgres.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(f"create database {DATABASE} owner {OWNER}")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table words (id int primary key, word text)")
        connection.execute("insert into words select n, 'word ' || n from generate_series(1, 500) n")
        connection.execute("create table noise (data text)")
        connection.execute(
            "insert into noise select string_agg(encode(uuid_send(gen_random_uuid()), 'base64'), '')"
            " from generate_series(1, 700000) n group by n % 1000"
        )
    return Database(url, postgres.binaries.folder)
