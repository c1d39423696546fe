"""Delete the backups that are too old: those of this database, in each store by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ops.backups.catalogue import Backup, in_store
from ops.backups.manifest import DatabaseIdentity
from ops.backups.retention import Candidate, Decision, Policy, decide
from ops.backups.stores.base import Store


@dataclass(frozen=True, slots=True)
class Verdict:
    """What retention says of one copy."""

    backup: Backup
    decision: Decision


def review(stores: Sequence[Store], database: DatabaseIdentity, policy: Policy, now: datetime) -> list[Verdict]:
    """Judge every copy of every backup of this database; others are not ours to judge."""
    return [verdict for store in stores for verdict in _review(store, database, policy, now)]


def execute(verdicts: Sequence[Verdict], deleted: Callable[[Verdict], None]) -> None:
    """Delete what is not kept. Hold the lock of the database.

    The dump goes first: what is left after a crash is a backup that lists as damaged, and is pruned the next time.
    """
    for verdict in verdicts:
        manifest = verdict.backup.manifest
        if manifest and not verdict.decision.keep:
            verdict.backup.store.delete(manifest.object)
            verdict.backup.store.delete(manifest.key)
            deleted(verdict)


def _review(store: Store, database: DatabaseIdentity, policy: Policy, now: datetime) -> list[Verdict]:
    ours = {backup.id: backup for backup in in_store(store) if backup.is_of(database)}
    candidates = [Candidate(backup.id, backup.at, backup.good) for backup in ours.values()]
    return [Verdict(ours[decision.id], decision) for decision in decide(candidates, policy, now)]
