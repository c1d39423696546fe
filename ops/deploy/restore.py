"""Bring the data of a backup back under the release that serves, which stays the same."""

from dataclasses import dataclass

from ops.deploy.again import Again, serving
from ops.deploy.handover import Handed
from ops.deploy.saved import Saved
from ops.errors import PreflightError
from ops.plan.facts import Facts
from ops.plan.models import Plan
from ops.releases.ledger import Entry, Ledger
from ops.releases.models import Release


@dataclass(frozen=True, slots=True)
class Restoration(Again):
    """A restore on a server as it was asked for: the release is right, and only the data is not."""

    def plan(self, facts: Facts, backup: Saved) -> tuple[Release, Plan]:
        """Return what would be done.

        Raises:
            PreflightError: nothing serves, or what serves cannot run on the data of the backup.
        """
        current = serving(facts)
        _refuse_newer(facts.ledger, current, backup)
        release = self._release("restore", current.release, facts)
        return release, self._plan(release, facts, current, backup)

    def run(self, facts: Facts, backup: Saved) -> Handed:
        """Bring the data back.

        Raises: as `plan` does, and as `Deployer.deploy` does.
        """
        release, plan = self.plan(facts, backup)
        return self._carry_out(release, plan, serving(facts), facts)


def _refuse_newer(ledger: Ledger, current: Entry, backup: Saved) -> None:
    """Refuse a backup whose schema lacks already what the release needs."""
    known, floor = ledger.schema_of(current), ledger.floor_of(backup.schema)
    if known < floor:
        raise PreflightError(
            f"{current.release.id} cannot serve with the data of {backup.id}: it knows the schema up to {known:04}, "
            f"and this backup needs {floor:04} or later.",
            state="Nothing was changed.",
            next_command=f"langagent rollback --to RELEASE --restore-backup {backup.id}, or restore an older backup",
        )
