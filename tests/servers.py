"""Real servers for the tests, each started when a pytest process first asks for it: PostgreSQL, Redis, S3."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import psycopg
import pytest
import redis
from psycopg import sql

from benchmarks.backup.s3 import moto, rclone
from ops.embedded.postgres import OWNER, SUPERUSER, EmbeddedPostgres
from ops.embedded.redis import EmbeddedRedis
from ops.migrations import apply

S3_SERVERS = ["moto", "rclone"]
_TABLES = "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """The server of this process. Tests that stop or kill a server start one of their own."""
    with EmbeddedPostgres(tmp_path_factory.mktemp("postgres"), source="wheel", durable=False) as server:
        yield server


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    with EmbeddedRedis(tmp_path_factory.mktemp("redis"), durable=False) as server:
        yield server


@pytest.fixture(scope="session")
def clean(postgres: EmbeddedPostgres) -> Iterator[Callable[[], None]]:
    """Empties the migrated database. Rows that the migrations themselves put in stay."""
    apply(postgres.url(OWNER))
    with psycopg.connect(postgres.url(SUPERUSER), autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")  # no foreign keys, no triggers: any order will do
        connection.execute("set lock_timeout = '5s'")
        tables = [name for (name,) in connection.execute(_TABLES) if not _has_rows(connection, name)]
        probes = [
            sql.SQL("select {} where exists (select from {})").format(name, sql.Identifier(name)) for name in tables
        ]
        dirty = sql.SQL(" union all ").join(probes)

        def run() -> None:
            for (name,) in connection.execute(dirty).fetchall():
                connection.execute(sql.SQL("delete from {}").format(sql.Identifier(name)))

        yield run


@pytest.fixture
def database_url(postgres: EmbeddedPostgres, clean: Callable[[], None]) -> str:
    """The migrated database, empty, as the app sees it."""
    clean()
    return postgres.url()


@pytest.fixture
def owner_url(postgres: EmbeddedPostgres, database_url: str) -> str:
    """The same database as its owner sees it."""
    return postgres.url(OWNER)


@pytest.fixture
def redis_url(redis_server: EmbeddedRedis) -> str:
    """An empty Redis."""
    with redis.Redis.from_url(redis_server.url) as client:
        client.flushall()
    return redis_server.url


@pytest.fixture
def empty_database(postgres: EmbeddedPostgres) -> Iterator[str]:
    """A database of the test's own with nothing in it, as its owner."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgres.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(name), sql.Identifier(OWNER)))
        yield postgres.url(OWNER, name)
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def moto_url() -> Iterator[str]:
    """An S3 server."""
    with moto() as url:
        yield url


@pytest.fixture(scope="session")
def rclone_url() -> Iterator[str]:
    """Another one, which shares no code with the first."""
    with rclone() as url:
        yield url


def _has_rows(connection: psycopg.Connection[tuple[object, ...]], table: str) -> bool:
    query = sql.SQL("select 1 from {} limit 1").format(sql.Identifier(table))
    return connection.execute(query).fetchone() is not None
