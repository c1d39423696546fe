"""Back the database up, and read the backup again, before anything touches it."""

from typing_extensions import override

from ops.errors import BackupError
from ops.steps.base import Evidence
from ops.steps.one_off import OneOff
from ops.steps.tools import ToolStep

SECONDS = 6 * 3600.0


class Backup(ToolStep):
    """The way back from a migration that harms what it should only change."""

    name = "backup"
    prepares = True

    @override
    def do(self) -> Evidence:
        state = "Nothing was changed; the old release serves."
        run = OneOff(self.host, self.compose, "schedule", BackupError, state, SECONDS)
        made = run.langagent("backup", "create")
        run.langagent("backup", "verify", made["id"])
        return {name: made[name] for name in ("id", "stores", "stored_bytes", "schema_revision")}


class FirstBackup(Backup):
    """Before the first release there was nothing to back up; the release serves without a backup, too."""

    name = "first_backup"
    prepares = False
    soft = True
