"""Whether backups can be made, found again and trusted; each problem with its mend."""

import secrets
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from ops.backups import intent
from ops.backups.catalogue import in_store
from ops.backups.client import find_client
from ops.backups.config import BackupConfig
from ops.backups.database import Connection, Database, identify
from ops.backups.findings import Finding, out_of_reach
from ops.backups.manifest import DatabaseIdentity
from ops.backups.stores.base import Store, StoreError, get, put
from ops.backups.stores.folder import FolderStore
from ops.errors import OpsError
from ops.events import Event

OLDEST = timedelta(hours=26)
NEEDED_BYTES = 1 << 30


def examine(
    config: BackupConfig, stores: Sequence[Store], database: Database, connection: Connection, now: datetime
) -> Iterator[Finding]:
    """Run every check; none changes anything. Hold the lock of the database (`snapshot.locked`)."""
    identity = identify(connection)
    yield _client(database, connection.info.server_version // 10_000)
    yield _encryption(config)
    yield _place(config)
    for store in stores:
        try:
            yield from _store(store, identity, now)
        except StoreError as error:
            yield out_of_reach(store, error)


def mend(findings: Iterable[Finding]) -> Iterator[Event]:
    """Do what is safe for each finding that is not well; one that a store refuses does not keep the others."""
    for finding in findings:
        if finding.ok or finding.fix is None:
            continue
        try:
            finding.fix()
        except StoreError as error:
            yield Event("warning", f"Not mended: {finding.name}: {error.message}")
        else:
            yield Event("fixed", f"Mended: {finding.name}")


def _store(store: Store, identity: DatabaseIdentity, now: datetime) -> Iterator[Finding]:
    yield _write(store)
    if isinstance(store, FolderStore):
        yield _space(store)
    else:
        from ops.backups.stores.bucket import examine_bucket
        from ops.backups.stores.s3 import S3Store

        if isinstance(store, S3Store):
            yield from examine_bucket(store, now)
    yield _leftovers(store, identity)
    yield _newest(store, identity, now)


def _client(database: Database, major: int) -> Finding:
    try:
        return Finding("pg_dump", True, str(database.client or find_client(major)))
    except OpsError as error:
        return Finding("pg_dump", False, error.message, error.next_command)


def _encryption(config: BackupConfig) -> Finding:
    recipient = config.settings.backup_recipient
    return Finding("encryption", True, f"to {recipient}" if recipient else "none (BACKUP_RECIPIENT is not set)")


def _place(config: BackupConfig) -> Finding:
    mend = "set BACKUP_S3_BUCKET, or BACKUP_FOLDER on a disk of its own"
    if is_beside_the_database(config):
        return Finding("place", False, "on the disk of this machine only, which is no backup", mend)
    return Finding("place", True, "bucket" if config.settings.backup_s3_bucket else str(config.folder))


def is_beside_the_database(config: BackupConfig) -> bool:
    """Say whether one broken disk takes it all; the folder of a checkout is for development and not judged."""
    folder = config.settings.backup_folder
    if config.settings.backup_s3_bucket or not folder:
        return False
    return _nearest(Path(folder)).stat().st_dev == Path("/").stat().st_dev


def _write(store: Store) -> Finding:
    key = f"doctor/{secrets.token_hex(8)}"
    began = time.monotonic()
    put(store, key, key.encode())
    if get(store, key) != key.encode():
        return Finding(f"{store.name}: write", False, "what was written is not what is read", "use another store")
    took = f"written and read in {(time.monotonic() - began) * 1000:.0f} ms"
    try:
        store.delete(key)
    except StoreError:
        return Finding(f"{store.name}: write", True, f"{took}; may not delete, so prune by a lifecycle rule")
    return Finding(f"{store.name}: write", True, f"{took}; may delete")


def _space(store: FolderStore) -> Finding:
    free = shutil.disk_usage(_nearest(store.root)).free
    return Finding(f"{store.name}: space", free > NEEDED_BYTES, f"{free // 10**6} MB free", f"df -h '{store.root}'")


def _leftovers(store: Store, identity: DatabaseIdentity) -> Finding:
    left = intent.unfinished(store, identity)
    return Finding(
        f"{store.name}: unfinished",
        not left,
        f"left by killed runs: {', '.join(left)}" if left else "nothing",
        "langagent backup doctor --fix",
        lambda: intent.sweep(store, identity),
    )


def _newest(store: Store, identity: DatabaseIdentity, now: datetime) -> Finding:
    good = [backup for backup in in_store(store) if backup.good and backup.is_of(identity)]
    if not good:
        return Finding(f"{store.name}: newest", False, "there is no good backup of this database", "langagent backup")
    age = now - good[0].at
    told = f"{good[0].id}, {age.total_seconds() / 3600:.1f} hours old"
    return Finding(f"{store.name}: newest", age <= OLDEST, told, "langagent backup")


def _nearest(path: Path) -> Path:
    """Return the nearest folder that exists."""
    while not path.exists():
        path = path.parent
    return path
