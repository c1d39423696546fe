"""One moment of a database, held open: what pg_dump reads and what is counted are the same rows."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from ops.backups.database import Connection, Database, identify
from ops.backups.manifest import DatabaseIdentity
from ops.errors import BackupError, LockedError

LOCK_KEY = 0x6C616E68  # beside the migrations' key; the same for every release, for ever
LOCK_SECONDS = 6.0
LOCK_POLL_SECONDS = 0.1

_HOLDER = """
select application_name, pid, backend_start
from pg_locks join pg_stat_activity using (pid)
where locktype = 'advisory' and objid = %s and granted
    and pg_locks.database = (select oid from pg_database where datname = current_database())
"""
_TABLES = """
select nspname, relname
from pg_class join pg_namespace on pg_namespace.oid = relnamespace
where relkind = 'r' and relpersistence = 'p' and nspname !~ '^pg_' and nspname <> 'information_schema'
order by 1, 2
"""
_TABLE_BYTES = """
select coalesce(sum(pg_table_size(pg_class.oid)), 0)::bigint
from pg_class join pg_namespace on pg_namespace.oid = relnamespace
where relkind in ('r', 'm') and nspname not in ('pg_catalog', 'information_schema')
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a manifest tells of the database."""

    database: DatabaseIdentity
    postgres: str
    major: int
    extensions: dict[str, str]
    schema_revision: int | None
    table_bytes: int


class Snapshot:
    """An exported snapshot; it lives as long as its connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.id = str(_value(connection, "select pg_export_snapshot()"))
        self.facts = _facts(connection)

    def count_rows(self) -> dict[str, int]:
        """Return how many rows each table has."""
        names = self._connection.execute(_TABLES).fetchall()
        return {f"{schema}.{table}": self._count(schema, table) for schema, table in names}

    def cancel(self) -> None:
        """Stop a count that runs in another thread."""
        self._connection.cancel()

    def _count(self, schema: str, table: str) -> int:
        query = sql.SQL("select count(*) from only {}").format(sql.Identifier(schema, table))
        row = self._connection.execute(query).fetchone()
        return int(row[0]) if row else 0


@contextmanager
def locked(database: Database) -> Iterator[Connection]:
    """Connect, with the one lock that every change of this database's backups takes.

    A run that was just killed holds it a moment longer, so this waits a little.

    Raises:
        LockedError: another one is at it.
        BackupError: the database does not answer.
    """
    with database.connect() as connection:
        deadline = time.monotonic() + LOCK_SECONDS
        while not _value(connection, "select pg_try_advisory_lock(%s)", LOCK_KEY):
            if time.monotonic() > deadline:
                raise _is_locked(connection)
            time.sleep(LOCK_POLL_SECONDS)
        yield connection


@contextmanager
def snapshot(connection: Connection) -> Iterator[Snapshot]:
    """Hold a snapshot.

    Raises:
        BackupError: the database went away, or the role may not read all of it.
    """
    try:
        connection.execute("begin isolation level repeatable read read only")
        yield Snapshot(connection)
    except psycopg.Error as error:
        raise BackupError(
            f"The database refused: {str(error).strip()}",
            state="Nothing was stored as a backup; earlier backups are untouched.",
            next_command="check that it runs, and that the role may read all of it (langagent migrate up grants that)",
        ) from error


def _facts(connection: Connection) -> Facts:
    extensions = connection.execute("select extname, extversion from pg_extension order by 1").fetchall()
    return Facts(
        database=identify(connection),
        postgres=str(_value(connection, "show server_version")).partition(" ")[0],
        major=connection.info.server_version // 10_000,
        extensions=dict(extensions),
        schema_revision=_schema_revision(connection),
        table_bytes=int(str(_value(connection, _TABLE_BYTES))),
    )


def _schema_revision(connection: Connection) -> int | None:
    if _value(connection, "select to_regclass('public.schema_state')") is None:
        return None
    row = connection.execute("select schema_version from public.schema_state").fetchone()
    return int(row[0]) if row else None


def _is_locked(connection: Connection) -> LockedError:
    holder = connection.execute(_HOLDER, (LOCK_KEY,)).fetchone()
    who = f"{holder[0]} (database process {holder[1]}, since {holder[2]:%Y-%m-%d %H:%M:%S %Z})" if holder else "someone"
    return LockedError(
        f"The backups of this database are being changed by {who}.",
        state="Nothing was changed by this command.",
        next_command="wait for it, then the same command again",
    )


def _value(connection: Connection, query: str, *parameters: object) -> object:
    row = connection.execute(query, parameters or None).fetchone()
    return row[0] if row else None
