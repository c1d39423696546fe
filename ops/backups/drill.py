"""The proof that a backup restores, and how long that takes."""

import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ops.backups import smoke
from ops.backups.load import LoadError
from ops.backups.meter import Tell
from ops.backups.restore import explained, loaded
from ops.backups.source import StoredDump
from ops.backups.stores.base import Store, put
from ops.backups.target import Target, only_one
from ops.errors import VerificationError

KEY = "drill.json"
_SUFFIX = "_drill"


@dataclass(frozen=True, slots=True)
class Drill:
    """What a drill showed.

    Attributes:
        seconds: the measured recovery time.
        answer: what the restored database said to the smoke query.
        problem: empty when the backup is good.
    """

    backup: str
    at: datetime
    seconds: float
    answer: str
    problem: str

    def as_document(self) -> dict[str, Any]:
        """Return its fields as JSON has them."""
        return {**asdict(self), "at": self.at.isoformat()}


def drill(target: Target, source: StoredDump, stores: Iterable[Store], *, tell: Tell, now: datetime) -> Drill:
    """Restore a backup into a database that is dropped again, and note the outcome in every store.

    What goes wrong with the server or a store proves nothing and is not noted.

    Raises:
        VerificationError: the backup does not restore; that is noted, too.
        BackupError: the server or the store does not answer.
        PreflightError: there is no room here, or the server is too old.
        StoreError: the outcome cannot be noted.
    """
    began = time.monotonic()
    answer = problem = ""
    name = target.name + _SUFFIX
    try:
        with explained(), only_one(target, name), loaded(target, source, name, tell) as restored:
            answer = _asked(target, restored)
    except (LoadError, VerificationError) as error:
        problem = error.message
    done = Drill(source.name, now, round(time.monotonic() - began, 3), answer, problem)
    for store in stores:
        put(store, KEY, json.dumps(done.as_document()).encode())
    if problem:
        raise VerificationError(
            f"Backup {done.backup} does not restore: {problem}",
            state="The database was not touched; the throw-away one is gone.",
            next_command="langagent backup verify, or langagent backup (makes a new one)",
        )
    return done


def _asked(target: Target, database: str) -> str:
    with target.connect(database) as connection:
        return smoke.ask(connection)
