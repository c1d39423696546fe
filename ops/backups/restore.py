"""Restore: load into a new database, check it, and put it in the place of the old one in one transaction.

Killed at any moment, this leaves the old database serving, or the new one; run again, it begins anew.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import psycopg

from ops.backups import aftercare, erasures, load, swap
from ops.backups.aftercare import ErasedAccount
from ops.backups.database import Connection, identify
from ops.backups.growth import growth_told
from ops.backups.manifest import DatabaseIdentity
from ops.backups.meter import Tell
from ops.backups.snapshot import locked
from ops.backups.source import UNCHANGED, Source
from ops.backups.stores.base import Store
from ops.backups.target import Target, only_one
from ops.errors import BackupError, ConfigurationError, OpsError
from ops.events import Event

_LOADING = "_restoring"


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored database; `kept` is the name of the one that it replaced, empty if there was none."""

    source: str
    database: str
    kept: str
    erased: int
    closed: int
    seconds: float


def identity(target: Target) -> DatabaseIdentity | None:
    """Return which database is to be replaced; None when there is none yet.

    Raises:
        BackupError: the server does not answer.
    """
    with target.connect() as connection:
        if not swap.exists(connection, target.name):
            return None
    with target.connect(target.name) as connection:
        return identify(connection)


def restore(
    target: Target, source: Source, stores: Sequence[Store] = (), *, to: str = "", tell: Tell, now: datetime
) -> Restored:
    """Restore a dump, in the place of the target's database or as a copy beside it.

    Args:
        stores: Where it is noted who was erased, beside those that the source is from.
        to: The name of the copy; empty replaces the database, which is kept under another name.
        tell: Hears what is being done, and warnings.

    Raises:
        BackupError: it did not work out; the old database serves as before.
        VerificationError: the dump is damaged, or came out otherwise than recorded.
        PreflightError: there is no room for it, it is of a newer server, or the copy's name is taken.
        LockedError: another restore into this name, or a change of its backups, is running.
    """
    began = time.monotonic()
    name = to or target.name
    with explained(), only_one(target, name):
        if to:
            _require_free(target, to)
        noted = _noted_as_erased(target, source, stores, tell)
        with loaded(target, source, name, tell) as new:
            erased = _without_erased(target, new, [*noted, *_erased(target, target.name)])
            closed = _closed(target, new)
            tell(Event("swap", f"Putting it in place as {name}"))
            kept = swap.put_in_place(target, new, name, now)
        if kept:
            erased += _without_erased(target, name, _erased(target, kept))  # whoever went during the last moments
        _forget_caches(target, to, tell)
        _drop_expired(target, name, tell, now)
    return Restored(source.name, name, kept, erased, closed, round(time.monotonic() - began, 3))


@contextmanager
def loaded(target: Target, source: Source, name: str, tell: Tell) -> Iterator[str]:
    """Load the dump into a database of a passing name, checked; it is dropped unless it gets a name that stays."""
    new = name + _LOADING
    with target.connect() as connection:
        major = connection.info.server_version // 10_000
        if source.manifest:
            load.refuse_newer(source.manifest.postgres_major, major)
        try:
            with _backups_left_alone(target, connection):
                _fill(target, connection, source, new, major, tell)
            yield new
        finally:
            swap.drop(connection, new)


def _fill(target: Target, connection: Connection, source: Source, new: str, major: int, tell: Tell) -> None:
    tell(Event("read", f"Reading {source.name}"))
    with source.opened(tell) as dump:
        tell(Event("load", f"Loading it beside {target.name}, which serves on"))
        swap.make_empty(connection, new, like=target.name)
        with growth_told(target, new, tell):
            load.load(target, new, dump, major)
    with ThreadPoolExecutor(1, thread_name_prefix="analyze") as pool:
        analyzed = pool.submit(load.analyze, target, new)
        _check(target, source, new, tell)
    analyzed.result()


def _check(target: Target, source: Source, new: str, tell: Tell) -> None:
    if source.manifest is None:
        tell(Event("warning", "A file without a manifest: nothing is recorded that it could be checked against."))
        return
    tell(Event("check", f"Counting {sum(source.manifest.rows.values()):,} rows"))
    load.check(target, new, source.manifest)


@contextmanager
def _backups_left_alone(target: Target, connection: Connection) -> Iterator[None]:
    """Let no run add or delete backups of the database meanwhile."""
    if not swap.exists(connection, target.name):
        yield
        return
    with locked(target.at(target.name)):
        yield


def _noted_as_erased(target: Target, source: Source, stores: Sequence[Store], tell: Tell) -> list[ErasedAccount]:
    """Return whom the stores know of, in case the database that knew it is lost."""
    databases = [source.manifest.database] if source.manifest else []
    if replaced := identity(target):
        databases.append(replaced)
    return erasures.collect([*source.stores, *stores], databases, tell)


def _erased(target: Target, name: str) -> list[ErasedAccount]:
    with target.connect() as connection:
        if not swap.exists(connection, name):
            return []
    with target.connect(name) as connection:
        return aftercare.erased_accounts(connection)


def _without_erased(target: Target, name: str, erased: list[ErasedAccount]) -> int:
    with target.connect(name) as connection:
        return aftercare.erase_again(connection, erased)


def _closed(target: Target, name: str) -> int:
    with target.connect(name) as connection:
        return aftercare.send_nothing_twice(connection)


def _require_free(target: Target, name: str) -> None:
    with target.connect() as connection:
        if swap.exists(connection, name):
            raise ConfigurationError(
                f"There is a database {name} already.", state=UNCHANGED, next_command="choose another --to"
            )


def _forget_caches(target: Target, to: str, tell: Tell) -> None:
    """Empty the caches, which are of the old database; they hold nothing else."""
    if to or not target.redis_url:
        return
    import redis

    try:
        with redis.Redis.from_url(target.redis_url) as client:
            client.flushdb()
    except redis.RedisError as error:
        tell(Event("warning", f"The caches still hold what the old database said ({error}): redis-cli FLUSHDB"))


def _drop_expired(target: Target, name: str, tell: Tell, now: datetime) -> None:
    with target.connect() as connection:
        for old in swap.drop_expired(connection, name, now):
            tell(Event("dropped", f"Dropped {old}, kept for {swap.KEEP.days} days."))


@contextmanager
def explained() -> Iterator[None]:
    """Say what the server's refusals, and a full disk's, leave behind."""
    try:
        yield
    except OpsError:
        raise
    except (psycopg.Error, OSError) as error:
        raise BackupError(
            f"The restore failed: {str(error).strip()}",
            state="The database that serves is whole: the old one, or all of the restored one.",
            next_command="langagent restore (again; it begins anew)",
        ) from error
