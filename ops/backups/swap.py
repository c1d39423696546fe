"""Databases made, renamed and dropped: one takes another's place in a single transaction."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event

from psycopg import sql
from psycopg.errors import ObjectInUse

from ops.backups.database import Connection
from ops.backups.target import Target
from ops.embedded.postgres import OWNER

KEEP = timedelta(days=7)
_BEFORE = "_before_%Y%m%d_%H%M%S"
_EVICT_SECONDS = 0.02
_ATTEMPTS = 3
# One session that may not be ended would fail the statement for all. Of others' sessions, PostgreSQL hides the kind.
_EVICT = """
    select pg_terminate_backend(pid)
    from pg_stat_activity
    join pg_roles on pg_roles.oid = usesysid
    where datname = %s
    and (not rolsuper or current_setting('is_superuser')::boolean)
    and (pg_has_role(usesysid, 'USAGE') or pg_has_role('pg_signal_backend', 'USAGE'))
"""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A database that a restore put aside."""

    name: str
    at: datetime

    def is_expired(self, now: datetime) -> bool:
        return self.at < now - KEEP


def exists(connection: Connection, name: str) -> bool:
    """Say whether the server has this database."""
    return connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone() is not None


def make_empty(connection: Connection, name: str, like: str) -> None:
    """Make a database with nothing in it, the owner's of another; what a killed run left of it goes first."""
    drop(connection, name)
    row = connection.execute("select pg_get_userbyid(datdba) from pg_database where datname = %s", (like,)).fetchone()
    create = sql.SQL("create database {} owner {} template template0")
    connection.execute(create.format(sql.Identifier(name), sql.Identifier(row[0] if row else OWNER)))


def drop(connection: Connection, name: str) -> None:
    """Drop a database, whoever is in it; one that is gone already is fine."""
    connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def put_in_place(target: Target, new: str, name: str, now: datetime) -> str:
    """Give the new database its name, in one transaction that nobody sees half of.

    Connections to the one that had the name are ended, and new ones wait until they reach the new one's.

    Returns:
        The name under which the old one is kept, empty if there was none.
    """
    aside = name + now.strftime(_BEFORE)
    with target.connect() as connection, _evicting(target, name):
        was_there = exists(connection, name)
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with connection.transaction():
                    if was_there:
                        _rename(connection, name, aside)
                    _rename(connection, new, name)
                break
            except ObjectInUse:  # PostgreSQL gives up after five seconds, which a busy machine may need to end sessions
                if attempt == _ATTEMPTS:
                    raise
    return aside if was_there else ""


def replaced(connection: Connection, name: str) -> list[Replaced]:
    """Return what earlier restores kept of this database, the oldest first."""
    prefix = name + _BEFORE.partition("%")[0]
    kept = connection.execute("select datname from pg_database where starts_with(datname, %s)", (prefix,)).fetchall()
    found = [(old, _kept_since(old.removeprefix(name))) for (old,) in kept]
    return sorted((Replaced(old, at) for old, at in found if at), key=lambda old: old.at)


def drop_expired(connection: Connection, name: str, now: datetime) -> list[str]:
    """Drop what earlier restores kept of this database for longer than `KEEP`, and return the names."""
    expired = [old.name for old in replaced(connection, name) if old.is_expired(now)]
    for old in expired:
        drop(connection, old)
    return expired


def _kept_since(suffix: str) -> datetime | None:
    """Read the time in a name; None for a name that was given by somebody else."""
    try:
        return datetime.strptime(suffix, _BEFORE).replace(tzinfo=UTC)
    except ValueError:
        return None


def _rename(connection: Connection, old: str, new: str) -> None:
    rename = sql.SQL("alter database {} rename to {}")
    connection.execute(rename.format(sql.Identifier(old), sql.Identifier(new)))


@contextmanager
def _evicting(target: Target, name: str) -> Iterator[None]:
    """End every connection to a database, again and again: a rename waits for that, and lets no new one in."""
    done = Event()

    def evict() -> None:
        while not done.is_set():
            connection.execute(_EVICT, (name,))
            done.wait(_EVICT_SECONDS)

    with target.connect() as connection, ThreadPoolExecutor(1, thread_name_prefix="evict") as pool:
        evicting = pool.submit(evict)
        try:
            yield
        finally:
            done.set()
    evicting.result()
