"""Which backup is meant where nothing is replaced: `latest` is of the database that answers here, else of any."""

from collections.abc import Sequence

import psycopg

from ops.backups.catalogue import Backup, copies, find, in_stores, latest
from ops.backups.config import BackupConfig
from ops.backups.database import identify, open_database
from ops.backups.manifest import DatabaseIdentity
from ops.backups.meter import Tell
from ops.backups.stores.base import Store
from ops.errors import OpsError
from ops.events import Event


def find_here(config: BackupConfig, stores: Sequence[Store], what: str, tell: Tell) -> list[Backup]:
    """Return the copies of one backup, in the order of the stores: of an id, or of `latest`.

    `latest` is the newest good one of the database that answers. Where none answers, as when the server is lost, or the
    stores have none of it, it is the newest of any; which database that was is told when there is a choice.

    Raises:
        ConfigurationError: there is no backup of that id.
        BackupError: there is no good one.
    """
    if what != "latest":
        return find(stores, what)
    database = _answering(config)
    backups = in_stores(stores)
    own = [backup for backup in backups if database and backup.is_of(database)]
    chosen = latest(own or backups)
    if not own:
        _tell_whose(chosen, backups, database, tell)
    return copies(chosen, backups)


def _answering(config: BackupConfig) -> DatabaseIdentity | None:
    try:
        with open_database(config) as database, database.connect() as connection:
            return identify(connection)
    except (OpsError, psycopg.Error):
        return None


def _tell_whose(chosen: Backup, backups: Sequence[Backup], answering: DatabaseIdentity | None, tell: Tell) -> None:
    if chosen.manifest is None:
        return
    taken = chosen.manifest.database
    databases = {backup.manifest.database for backup in backups if backup.manifest}
    if not answering and len(databases) == 1:
        return
    why = f"There is no backup of the database {answering.label}" if answering else "No database answers here"
    tell(
        Event(
            "warning",
            f"{why}. {chosen.id} is taken, the newest of all; its database is {taken.label}. "
            "For another one, give an id that `langagent backup list` shows.",
            {"backup": chosen.id, "database": taken.name, "system": taken.system},
        )
    )
