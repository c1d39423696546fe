"""Make a backup: dump, compress, encrypt and store in one stream; the manifest last."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from ops.backups import erasures, intent
from ops.backups.aftercare import ErasedAccount, erased_accounts
from ops.backups.copies import Copies
from ops.backups.database import Database
from ops.backups.dump import Dump, dump_argv
from ops.backups.encryption import check_recipient, encrypt
from ops.backups.manifest import FOLDER, Manifest, new_id, object_key
from ops.backups.meter import Tell, meter
from ops.backups.snapshot import Snapshot, locked, snapshot
from ops.backups.stores.base import Store, StoreError, put
from ops.backups.stores.reach import reach
from ops.backups.stream import DigestWriter, compressed
from ops.errors import BackupError
from ops.events import Event


@dataclass(frozen=True, slots=True)
class Created:
    """A new backup, and the stores that hold it."""

    manifest: Manifest
    stores: tuple[str, ...]


def create(
    database: Database, stores: Sequence[Store], *, recipient: str = "", tell: Tell, now: datetime | None = None
) -> Created:
    """Back the database up into every store.

    Args:
        recipient: An age public key, or empty for no encryption.
        tell: Hears `progress` (bytes, total, seconds) and warnings.

    Raises:
        BackupError: there is no backup, or not in every store; the message says which.
        LockedError: another run is at the backups of this database.
        ConfigurationError: the recipient is no key.
    """
    if recipient:
        check_recipient(recipient)
    began = time.monotonic()
    with locked(database) as connection, snapshot(connection) as moment:
        reached = reach(stores, tell)
        backup_id = _free_id(reached.stores, now or datetime.now(UTC))
        _remember_erased(reached.stores, moment, erased_accounts(connection), tell)
        with _declared(reached.stores, backup_id, moment, recipient, tell) as copies:
            manifest = _write(database, moment, copies, backup_id, recipient, began, tell)
            kept = copies.commit(manifest.stored_bytes)
            done = [store.name for store in kept if _record(store, manifest, copies.failures)]
    if failures := {**reached.failures, **copies.failures}:
        raise _incomplete(manifest, done, failures)
    return Created(manifest, tuple(done))


def _remember_erased(stores: Sequence[Store], moment: Snapshot, erased: Sequence[ErasedAccount], tell: Tell) -> None:
    for store in stores:
        with _told(tell):
            erasures.remember(store, moment.facts.database, erased)


@contextmanager
def _declared(
    stores: Sequence[Store], backup_id: str, moment: Snapshot, recipient: str, tell: Tell
) -> Iterator[Copies]:
    """Note what comes in each store; nothing of it stays where it does not become a backup."""
    database, key = moment.facts.database, object_key(backup_id, encrypted=bool(recipient))
    for store in stores:
        with _told(tell):
            for swept in intent.sweep(store, database):
                tell(Event("warning", f"{swept} in {store.name} was never finished; what was left of it is gone."))
        with _told(tell):
            intent.declare(store, backup_id, key, database)
    copies = Copies(stores, key, moment.facts.table_bytes)
    try:
        yield copies
    finally:
        copies.abort()
        for store in stores:
            with _told(tell):
                intent.sweep(store, database)


def _write(
    database: Database,
    moment: Snapshot,
    copies: Copies,
    backup_id: str,
    recipient: str,
    began: float,
    tell: Tell,
) -> Manifest:
    facts = moment.facts
    argv = dump_argv(database.program("pg_dump", facts.major), moment.id)
    writer = DigestWriter(copies)
    with _counting(moment) as rows, Dump(argv, database.environment(), meter(facts.table_bytes, tell)) as dump:
        encrypt(compressed(dump), writer, recipient)
        return Manifest(
            id=backup_id,
            object=object_key(backup_id, encrypted=bool(recipient)),
            database=facts.database,
            sha256=writer.digest.sha256,
            stored_bytes=writer.digest.bytes,
            raw_bytes=dump.bytes,
            postgres=facts.postgres,
            extensions=facts.extensions,
            schema_revision=facts.schema_revision,
            release=version("langagent"),
            rows=rows.result(),
            duration_seconds=round(time.monotonic() - began, 3),
            recipient=recipient,
        )


@contextmanager
def _counting(moment: Snapshot) -> Iterator["Future[dict[str, int]]"]:
    """Count beside the dump, which keeps this connection idle otherwise.

    A failed count takes the snapshot from the dump, so it is the count's error that says what happened.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="count") as pool:
        rows = pool.submit(moment.count_rows)
        try:
            yield rows
        except BackupError as error:
            if rows.done() and (cause := rows.exception()):
                raise cause from error
            raise
        finally:
            if not rows.done():
                moment.cancel()


def _record(store: Store, manifest: Manifest, failures: dict[str, StoreError]) -> bool:
    """Write the manifest: from here on it is a backup."""
    try:
        put(store, manifest.key, manifest.encode())
    except StoreError as error:
        failures[store.name] = error
        return False
    return True


def _free_id(stores: Sequence[Store], now: datetime) -> str:
    """Return an id that no store has an object of: whoever else writes under this prefix is never overwritten."""
    while True:
        backup_id = new_id(now)
        if not any(store.objects(FOLDER + backup_id) for store in stores):
            return backup_id
        now += timedelta(seconds=1)


@contextmanager
def _told(tell: Tell) -> Iterator[None]:
    """Go on without what a store refuses here; the dump itself will show whether it matters."""
    try:
        yield
    except StoreError as error:
        tell(Event("warning", error.message))


def _incomplete(manifest: Manifest, done: Sequence[str], failures: dict[str, StoreError]) -> BackupError:
    reasons = "; ".join(f"{name}: {error.message}" for name, error in failures.items())
    where = f"Backup {manifest.id} is in {', '.join(done)}." if done else "There is no new backup."
    return BackupError(
        f"The backup is not in every store: {reasons}",
        state=f"{where} Earlier backups are untouched.",
        next_command="langagent backup doctor",
    )
