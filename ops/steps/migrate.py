"""Bring the schema up; the release that serves goes on with it."""

from typing_extensions import override

from ops.errors import MigrationError
from ops.steps.base import Evidence
from ops.steps.one_off import OneOff
from ops.steps.tools import ToolStep

SECONDS = 3600.0


class Migrate(ToolStep):
    """Each file in one transaction, as the owner; down-migrations never run, so there is nothing to take back."""

    name = "migrate"

    @override
    def do(self) -> Evidence:
        run = OneOff(self.host, self.compose, "setup", MigrationError, "", SECONDS, "correct it and deploy again")
        return {"applied": run.langagent("migrate", "up")["applied"]}
