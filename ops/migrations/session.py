"""One connection that may migrate: yoyo's backend behind a PostgreSQL advisory lock."""

import io
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from typing import Any, Literal

import psycopg
from yoyo.backends import PostgresqlPsycopgBackend
from yoyo.connections import parse_uri
from yoyo.migrations import Migration, default_migration_table

from ops.errors import LockedError, OpsError, PreflightError
from ops.migrations import ledger
from ops.migrations.files import MigrationFile

LOCK_KEY = 0x6C616E67  # "lang"; the same for every release, for ever
LOCK_POLL_SECONDS = 0.1
LOCK_TIMEOUT = "3s"

_HOLDER = """
select pid, application_name, backend_start
from pg_locks join pg_stat_activity using (pid)
where locktype = 'advisory' and objid = %s and granted and pg_locks.database = (
    select oid from pg_database where datname = current_database())
"""

Direction = Literal["apply", "rollback"]


class Session:
    """A locked connection with yoyo's tables and ours in place."""

    def __init__(self, backend: Any) -> None:
        self.backend = backend
        self.connection: ledger.Connection = backend.connection

    def run(self, file: MigrationFile, direction: Direction, applied_after: list[MigrationFile]) -> None:
        """Take one file up or down and note it: in one transaction, unless its header forbids one."""
        migration = load(file)
        if file.header.transactional:
            self.connection.execute(f"set lock_timeout = '{LOCK_TIMEOUT}'")
            with self.backend.transaction():
                self._steps(migration, direction)
                self._note(file, migration, direction, applied_after)
        else:
            # It blocks nobody while it waits (CREATE INDEX CONCURRENTLY), and a time-out would leave half an index.
            self.connection.execute("set lock_timeout = 0")
            self._steps(migration, direction)
            with self.backend.transaction():
                self._note(file, migration, direction, applied_after)

    def invalid_indexes(self) -> list[str]:
        """Indexes that a failed CREATE INDEX CONCURRENTLY left behind."""
        return [
            name
            for (name,) in self.connection.execute(
                "select indexrelid::regclass::text from pg_index where not indisvalid order by 1"
            )
        ]

    def _steps(self, migration: Any, direction: Direction) -> None:
        with redirect_stdout(io.StringIO()):  # yoyo prints the rows of every SELECT
            migration.process_steps(self.backend, direction)

    def _note(self, file: MigrationFile, migration: Any, direction: Direction, after: list[MigrationFile]) -> None:
        if direction == "apply":
            self.backend.mark_one(migration, log=False)
            ledger.record(self.connection, file)
        else:
            self.backend.unmark_one(migration, log=False)
            ledger.forget(self.connection, file)
        ledger.set_state(self.connection, after)


def load(file: MigrationFile) -> Any:
    """yoyo's view of a file, its statements split."""
    migration = Migration(file.name, str(file.path), str(file.path.parent))
    migration.load()
    return migration


@contextmanager
def open_session(owner_url: str, *, wait: float) -> Iterator[Session]:
    """Connect and hold the one migration lock of the database.

    Raises:
        OpsError: the database cannot be reached.
        PreflightError: the connection has not the rights of an owner.
        LockedError: someone else migrated for longer than `wait` seconds.
    """
    backend = _connect(owner_url)
    try:
        _take_lock(backend.connection, wait)
        with _prepared(backend):
            yield Session(backend)
    finally:
        backend.connection.close()


@contextmanager
def _prepared(backend: Any) -> Iterator[None]:
    """Have all internal tables; hold yoyo's lock, too, for those who run yoyo by hand."""
    with ExitStack() as stack:
        try:
            backend.connection.execute("set statement_timeout = 0")
            backend.init_database()
            backend.break_lock()  # the real lock is ours, so this row can only be a dead run's
            stack.enter_context(backend.lock())
            backend.ensure_internal_schema_updated()
            ledger.create(backend.connection)
        except psycopg.Error as error:
            raise PreflightError(
                f"This connection may not migrate the database: {str(error).strip()}",
                state="No migration was applied.",
                next_command="set DATABASE_OWNER_URL to the URL of the database's owner",
            ) from error
        yield


def _connect(owner_url: str) -> Any:
    address = parse_uri(owner_url)._replace(scheme="postgresql+psycopg")
    address.args.setdefault("application_name", "langagent migrate")
    try:
        return PostgresqlPsycopgBackend(address, default_migration_table)
    except psycopg.OperationalError as error:
        raise OpsError(
            f"The database cannot be reached: {str(error).strip()}",
            state="No migration was applied.",
            next_command="check DATABASE_URL and that the database runs",
        ) from error


def _take_lock(connection: ledger.Connection, wait: float) -> None:
    """Poll instead of waiting inside the server: a waiting statement would hold up CREATE INDEX CONCURRENTLY."""
    deadline = time.monotonic() + wait
    while not _one(connection, "select pg_try_advisory_lock(%s)", LOCK_KEY)[0]:
        if time.monotonic() > deadline:
            raise _locked(connection)
        time.sleep(LOCK_POLL_SECONDS)


def _locked(connection: ledger.Connection) -> LockedError:
    holder = connection.execute(_HOLDER, (LOCK_KEY,)).fetchone()
    who = f"{holder[1]} (database process {holder[0]}, since {holder[2]:%Y-%m-%d %H:%M:%S %Z})" if holder else "someone"
    return LockedError(
        f"The database is being migrated by {who}.",
        state="No migration was applied by this command.",
        next_command="langagent migrate status",
    )


def _one(connection: ledger.Connection, query: str, *params: object) -> tuple[Any, ...]:
    row = connection.execute(query, params).fetchone()
    if row is None:
        raise RuntimeError(f"no row from {query!r}")
    return row
