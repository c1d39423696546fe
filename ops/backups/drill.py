"""The proof that a backup restores, and how long that takes."""

import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ops.backups.meter import Tell
from ops.backups.restore import explained, loaded
from ops.backups.source import StoredDump
from ops.backups.stores.base import Store, put
from ops.backups.target import Target, only_one
from ops.errors import BackupError, VerificationError

KEY = "drill.json"
_SUFFIX = "_drill"


@dataclass(frozen=True, slots=True)
class Drill:
    """What a drill showed: `seconds` are the measured recovery time, `problem` is empty when the backup is good."""

    backup: str
    at: datetime
    seconds: float
    problem: str

    def as_document(self) -> dict[str, Any]:
        """Return its fields as JSON has them."""
        return {**asdict(self), "at": self.at.isoformat()}


def drill(target: Target, source: StoredDump, stores: Iterable[Store], *, tell: Tell, now: datetime) -> Drill:
    """Restore a backup into a database that is dropped again, and note the outcome in every store.

    Raises:
        VerificationError: the backup does not restore; that is noted, too.
        PreflightError: there is no room here, or the server is too old; nothing is noted.
        StoreError: the outcome cannot be noted.
    """
    began = time.monotonic()
    problem = ""
    name = target.name + _SUFFIX
    try:
        with explained(), only_one(target, name), loaded(target, source, name, tell):
            pass
    except (BackupError, VerificationError) as error:
        problem = error.message
    done = Drill(source.name, now, round(time.monotonic() - began, 3), problem)
    for store in stores:
        put(store, KEY, json.dumps(done.as_document()).encode())
    if problem:
        raise VerificationError(
            f"Backup {done.backup} does not restore: {problem}",
            state="The database was not touched; the throw-away one is gone.",
            next_command="langagent backup verify, or langagent backup (makes a new one)",
        )
    return done
