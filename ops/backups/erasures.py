"""Who was erased, kept in every store beside the backups: it outlives a server that is lost with its database."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from ops.backups.aftercare import ErasedAccount
from ops.backups.manifest import DatabaseIdentity
from ops.backups.meter import Tell
from ops.backups.stores.base import MIB, ObjectMissingError, Store, StoreError, get, put
from ops.errors import BackupError
from ops.events import Event

FOLDER: Final = "erased_accounts/"
LARGEST: Final = 256 * MIB  # some three million accounts

Erased = dict[UUID, datetime]


def key(database: DatabaseIdentity) -> str:
    """Return the name of a database's list in a store."""
    return f"{FOLDER}{database.label}.json"


def remember(store: Store, database: DatabaseIdentity, erased: Iterable[ErasedAccount]) -> int:
    """Add accounts to the list of a store, which never gets shorter, and return how long it is. Hold the lock.

    Raises:
        StoreError: the store does not do it, or its list is damaged; the list is as it was.
    """
    known = _read(store, database)
    merged = dict(erased) | known
    if len(merged) > len(known):
        put(store, key(database), _spelling(merged))
    return len(merged)


def remember_everywhere(stores: Sequence[Store], database: DatabaseIdentity, erased: Sequence[ErasedAccount]) -> int:
    """Add accounts to the lists of all stores, each by itself, and return how long the longest is.

    Raises:
        BackupError: some store does not have them all.
    """
    lengths, problems = [0], []
    for store in stores:
        try:
            lengths.append(remember(store, database, erased))
        except StoreError as error:
            problems.append(error.message)
    if problems:
        raise BackupError(
            f"Who was erased is not noted in every store: {' '.join(problems)}",
            state="A restore of an older backup onto a new server could bring these accounts back.",
            next_command="langagent backup erasures (again)",
        )
    return max(lengths)


def collect(stores: Iterable[Store], databases: Iterable[DatabaseIdentity], tell: Tell) -> list[ErasedAccount]:
    """Return whom any of the stores has on a list of these databases; what cannot be read is warned of."""
    found: dict[UUID, datetime] = {}
    places = {(store.name, database): (store, database) for database in databases for store in stores}
    for store, database in places.values():
        try:
            found |= _read(store, database)
        except StoreError as error:
            tell(Event("warning", f"Accounts erased since may come back: {error.message}"))
    return list(found.items())


def _read(store: Store, database: DatabaseIdentity) -> Erased:
    try:
        fields = json.loads(get(store, key(database), LARGEST))
        return {UUID(user): datetime.fromisoformat(at) for user, at in fields["erased"].items()}
    except ObjectMissingError:
        return {}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(
            f"The list of erased accounts in {store.name} is damaged.",
            state="It was not overwritten.",
            next_command=f"bring back an earlier version of {key(database)}, or delete it",
        ) from error


def _spelling(erased: Erased) -> bytes:
    return json.dumps({"erased": {str(user): erased[user].isoformat() for user in sorted(erased)}}, indent=0).encode()
