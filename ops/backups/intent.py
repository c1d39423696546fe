"""What a run is about to write, noted in the store first: the next run removes what a killed one left."""

import json
from contextlib import suppress
from dataclasses import asdict

from ops.backups.manifest import FOLDER, SUFFIX, DatabaseIdentity
from ops.backups.stores.base import ObjectMissingError, Store, StoreError, get, put

STARTED = ".started"


def declare(store: Store, backup_id: str, object_key: str, database: DatabaseIdentity) -> None:
    """Note that this object is being written."""
    put(store, _key(backup_id), json.dumps({"object": object_key, "database": asdict(database)}).encode())


def unfinished(store: Store, database: DatabaseIdentity) -> list[str]:
    """Return the ids that dead runs of this database never brought to a manifest. Hold its lock."""
    return [backup_id for backup_id in _noted(store, database) if not _is_finished(store, backup_id)]


def sweep(store: Store, database: DatabaseIdentity) -> list[str]:
    """Take the notes of this database back; what never got its manifest is removed. Hold its lock.

    Returns:
        The ids of what was removed.
    """
    return [backup_id for backup_id in _noted(store, database) if _settle(store, backup_id)]


def _noted(store: Store, database: DatabaseIdentity) -> list[str]:
    found = [item.key for item in store.objects(FOLDER) if item.key.endswith(STARTED)]
    return [key.removeprefix(FOLDER).removesuffix(STARTED) for key in found if _read(store, key)[1] == database]


def _is_finished(store: Store, backup_id: str) -> bool:
    return store.size(FOLDER + backup_id + SUFFIX) is not None


def _settle(store: Store, backup_id: str) -> bool:
    if _is_finished(store, backup_id):
        with suppress(StoreError):  # a key that may not delete leaves a note that harms nobody
            store.delete(_key(backup_id))
        return False
    object_key, _ = _read(store, _key(backup_id))
    for key in (object_key, FOLDER + backup_id + SUFFIX, _key(backup_id)):
        store.discard(key)
    store.delete(object_key)
    store.delete(_key(backup_id))
    return True


def _read(store: Store, key: str) -> tuple[str, DatabaseIdentity | None]:
    try:
        fields = json.loads(get(store, key))
        return str(fields["object"]), DatabaseIdentity(**fields["database"])
    except (ObjectMissingError, ValueError, TypeError, KeyError):
        return "", None


def _key(backup_id: str) -> str:
    return FOLDER + backup_id + STARTED
