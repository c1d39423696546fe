"""Stores and databases to back up: real ones."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from langagent.settings import Secret
from ops.backups.database import Database
from ops.backups.stores.base import MIB, Store
from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import Bucket, S3Store
from ops.embedded.postgres import OWNER, SUPERUSER, EmbeddedPostgres
from tests.ops.backups.faults import Faults, misbehaving

DATABASE = "to_back_up"


@pytest.fixture(scope="session")
def s3_url() -> Iterator[str]:
    """A real S3 server: one's own (LANGAGENT_TEST_S3=http://127.0.0.1:PORT), else moto's."""
    if given := os.environ.get("LANGAGENT_TEST_S3"):
        yield given
        return
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_url: str) -> Bucket:
    """An empty bucket."""
    name = f"test-{uuid4().hex}"
    bucket = Bucket(
        name=name,
        prefix="prefix/",
        endpoint=s3_url,
        access_key="S3RVER",
        secret_key=Secret("S3RVER"),
        part_bytes=5 * MIB,
        attempts=2,
        timeout=2,
    )
    S3Store(bucket).client.create_bucket(Bucket=name)
    return bucket


@pytest.fixture
def folder(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "backups")


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest) -> Store:
    """Every kind of store, empty."""
    if request.param == "folder":
        return FolderStore(request.getfixturevalue("tmp_path") / "backups")
    return S3Store(request.getfixturevalue("bucket"))


@pytest.fixture
def faults(s3_url: str) -> Iterator[Faults]:
    """A proxy in front of the S3 server; tell it what goes wrong."""
    with misbehaving(s3_url) as faults:
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
