"""Prove stored backups, one after the other, and go on after a damaged one."""

from collections.abc import Iterable
from dataclasses import dataclass

from ops.backups.catalogue import Backup
from ops.backups.meter import Tell, meter
from ops.backups.stores.base import ObjectMissingError, UnreadableError
from ops.backups.stream import verify
from ops.errors import VerificationError


@dataclass(frozen=True, slots=True)
class Proof:
    """What reading one copy back showed; `problem` is empty when every byte is as it was written."""

    id: str
    store: str
    problem: str


def verify_all(backups: Iterable[Backup], tell: Tell) -> list[Proof]:
    """Read every copy back.

    Raises:
        StoreError: a store cannot be read, which proves nothing.
    """
    return [Proof(backup.id, backup.store.name, _problem(backup, tell)) for backup in backups]


def _problem(backup: Backup, tell: Tell) -> str:
    if backup.manifest is None or backup.problem:
        return backup.problem
    try:
        verify(backup.store, backup.manifest, meter(backup.manifest.stored_bytes, tell))
    except (VerificationError, ObjectMissingError, UnreadableError) as error:
        return error.message
    return ""
