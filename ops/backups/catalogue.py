"""What the stores hold: every backup with a manifest, whole or not."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ops.backups.manifest import FOLDER, SUFFIX, DatabaseIdentity, Manifest, parse, time_of
from ops.backups.stores.base import ObjectMissingError, Store, StoredObject, StoreError, get
from ops.errors import BackupError, ConfigurationError, VerificationError


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in one store. `problem` says why it is not good; only a damaged manifest leaves `manifest` empty."""

    id: str
    store: Store
    manifest: Manifest | None
    problem: str = ""

    @property
    def at(self) -> datetime:
        return time_of(self.id)

    @property
    def good(self) -> bool:
        return not self.problem

    def is_of(self, database: DatabaseIdentity) -> bool:
        return self.manifest is not None and self.manifest.database == database


def in_store(store: Store) -> list[Backup]:
    """Return the backups of one store, the newest first, judged by manifest and size."""
    found = store.objects(FOLDER)
    sizes = {item.key: item.size for item in found}
    backups = [_inspect(store, backup_id, sizes) for backup_id in _ids(found)]
    return sorted((backup for backup in backups if backup), key=lambda backup: backup.id, reverse=True)


def newest(store: Store, is_wanted: Callable[[Manifest], bool]) -> Backup | None:
    """Return the newest good backup of a store that is wanted; the older ones' manifests are not read."""
    found = store.objects(FOLDER)
    sizes = {item.key: item.size for item in found}
    for backup_id in sorted(_ids(found), reverse=True):
        backup = _inspect(store, backup_id, sizes)
        if backup and backup.good and backup.manifest and is_wanted(backup.manifest):
            return backup
    return None


def lacking(stores: Iterable[Store], database: DatabaseIdentity, since: datetime) -> list[Store]:
    """Return the stores without a good backup of the database made since then; what does not answer may lack one."""
    return [store for store in stores if not _has_one(store, database, since)]


def _has_one(store: Store, database: DatabaseIdentity, since: datetime) -> bool:
    try:
        found = newest(store, lambda manifest: manifest.database == database)
    except StoreError:
        return False
    return found is not None and found.at >= since


def in_stores(stores: Iterable[Store]) -> list[Backup]:
    """Return the backups of all stores, the newest first."""
    backups = [backup for store in stores for backup in in_store(store)]
    return sorted(backups, key=lambda backup: backup.id, reverse=True)


def find(stores: Sequence[Store], backup_id: str, database: DatabaseIdentity | None = None) -> list[Backup]:
    """Return the copies of one backup, in the order of the stores.

    `latest` means the newest good one, of the database if one is named. Where two databases have a backup of the same
    id, in different stores, that database's goes before, good or not.

    Raises:
        ConfigurationError: there is no such backup.
        BackupError: there is no good one at all.
    """
    backups = in_stores(stores)
    if backup_id == "latest":
        return copies(latest([backup for backup in backups if not database or backup.is_of(database)]), backups)
    named = [backup for backup in backups if backup.id == backup_id]
    if not named:
        raise ConfigurationError(
            f"There is no backup {backup_id} in {' or '.join(store.name for store in stores)}.",
            state="Nothing was changed.",
            next_command="langagent backup list",
        )
    return copies(min(named, key=lambda one: (database is not None and not one.is_of(database), not one.good)), backups)


def copies(backup: Backup, backups: Iterable[Backup]) -> list[Backup]:
    """Return a backup with its copies in other stores; another database's of the same second is none of them."""
    whose = backup.manifest.database if backup.manifest else None
    same = [other for other in backups if other.id == backup.id]
    return [other for other in same if whose is None or other.manifest is None or other.is_of(whose)]


def latest(backups: Sequence[Backup]) -> Backup:
    """Return the first good one of these, which come the newest first.

    Raises:
        BackupError: none is good.
    """
    for backup in backups:
        if backup.good:
            return backup
    raise BackupError("There is no good backup.", state="Nothing was changed.", next_command="langagent backup")


def _ids(found: Iterable[StoredObject]) -> list[str]:
    names = [item.key.removeprefix(FOLDER).removesuffix(SUFFIX) for item in found if item.key.endswith(SUFFIX)]
    return [name for name in names if _is_id(name)]


def _is_id(name: str) -> bool:
    try:
        time_of(name)
    except ValueError:
        return False
    return True


def _inspect(store: Store, backup_id: str, sizes: dict[str, int]) -> Backup | None:
    try:
        manifest = parse(get(store, FOLDER + backup_id + SUFFIX))
    except ObjectMissingError:  # deleted since it was listed
        return None
    except VerificationError as error:
        return Backup(backup_id, store, None, error.message)
    size = sizes.get(manifest.object)
    if size is None:
        return Backup(backup_id, store, manifest, f"{manifest.object} is missing.")
    if size != manifest.stored_bytes:
        return Backup(backup_id, store, manifest, f"It has {size} bytes instead of {manifest.stored_bytes}.")
    return Backup(backup_id, store, manifest)
