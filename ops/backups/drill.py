"""The proof that a backup restores, and how long that takes."""

import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from ops.backups import smoke
from ops.backups.manifest import DatabaseIdentity
from ops.backups.meter import Tell
from ops.backups.program import LoadError
from ops.backups.restore import explained, loaded
from ops.backups.source import StoredDump
from ops.backups.stores.base import ObjectMissingError, Store, StoreError, get, put
from ops.backups.target import Target, only_one
from ops.errors import VerificationError

FOLDER = "drills/"
_SUFFIX = "_drill"


def key(database: DatabaseIdentity) -> str:
    """Return the name of the note of a database's last drill."""
    return f"{FOLDER}{database.label}.json"


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

    @classmethod
    def noted_in(cls, store: Store, database: DatabaseIdentity) -> Self | None:
        """Return the last drill that a store knows of; None when there was none.

        Raises:
            StoreError: the store does not answer, or its note cannot be read.
        """
        try:
            fields = json.loads(get(store, key(database)))
            return cls(**{**fields, "at": datetime.fromisoformat(fields["at"])})
        except ObjectMissingError:
            return None
        except (ValueError, TypeError, KeyError) as error:
            raise StoreError(
                f"The note of the last drill in {store.name} is damaged.", next_command="langagent backup drill"
            ) from error


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
    if source.database:
        for store in stores:
            put(store, key(source.database), json.dumps(done.as_document()).encode())
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
