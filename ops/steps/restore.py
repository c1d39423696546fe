"""Put a backup in the place of the database."""

import json
from typing import Any

from typing_extensions import override

from ops.errors import BackupError, OpsError
from ops.steps.base import Evidence
from ops.steps.one_off import OneOff
from ops.steps.tools import ToolStep

SECONDS = 12 * 3600.0
DONE = "restored.json"


class Restore(ToolStep):
    """The one step that cannot be taken back by itself: somebody has to say which of two databases is right."""

    name = "restore"

    @override
    def do(self) -> Evidence:
        run = OneOff(self.host, self.compose, "schedule", BackupError, "", SECONDS)
        try:
            done = run.langagent("restore", self.plan.backup, "--yes")
        except BackupError as error:
            raise BackupError(error.message, state=error.state, next_command=_elsewhere(error.next_command)) from error
        evidence = {"backup": self.plan.backup, "schema": self.plan.backup_schema, "kept": done["kept"]}
        self.host.write(self._mark, json.dumps(evidence).encode())
        return evidence

    @override
    def check(self) -> Evidence | None:
        try:
            found: dict[str, Any] = json.loads(self.host.read(self._mark))
        except FileNotFoundError:
            return None
        return found

    @override
    def undo(self) -> None:
        done = self.check()
        if done:
            raise OpsError(
                f"the database is that of {done['backup']}; the one of before is kept as {done['kept']} "
                "(docs/restore.md says how to go back to it)"
            )

    @property
    def _mark(self) -> str:
        return f"{self.tools.layout.release(self.plan.release).path}/{DONE}"


def _elsewhere(advice: str) -> str:
    """Turn what the restore advises on the server into what its operator types, who may be on another machine."""
    if advice.startswith("langagent restore"):
        return "the same command again; a restore begins anew"
    return f"langagent exec schedule {advice}" if advice.startswith("langagent ") else advice
