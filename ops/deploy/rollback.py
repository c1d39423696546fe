"""Bring an earlier release back: its bundle whole, on the schema as it is now."""

from dataclasses import dataclass

from ops.deploy.again import Again, serving
from ops.deploy.handover import Handed
from ops.deploy.saved import Saved
from ops.hosts import images
from ops.plan.facts import Facts
from ops.plan.models import Plan, other
from ops.releases.choice import Candidate, candidates, choose
from ops.releases.models import Release


@dataclass(frozen=True, slots=True)
class Rollback(Again):
    """A rollback as it was asked for."""

    def candidates(self, facts: Facts, backup: Saved | None = None) -> list[Candidate]:
        """Return every release that there is to go back to, with what a rollback to it would do."""
        known = dict.fromkeys(entry.release.backend for entry in facts.ledger.good)
        present = {image for image in known if images.is_there(self.handover.host, image)}
        stopped = facts.containers.get(f"backend-{other(facts.live)}")
        return candidates(
            facts.ledger,
            images=present,
            stopped={stopped.image} if stopped and not stopped.is_running else set(),
            floor=facts.ledger.floor_of(backup.schema) if backup else None,
        )

    def plan(self, facts: Facts, wanted: str = "", backup: Saved | None = None) -> tuple[Candidate, Release, Plan]:
        """Return what would be done.

        Raises:
            PreflightError: there is nothing to go back to, or the release cannot be brought back.
            ConfigurationError: no release is named so.
        """
        chosen = choose(self.candidates(facts, backup), wanted)
        current = serving(facts, chosen.entry.release.tag)
        release = self._release("rollback", chosen.entry.release, facts)
        return chosen, release, self._plan(release, facts, current, backup)

    def run(self, facts: Facts, wanted: str = "", backup: Saved | None = None) -> Handed:
        """Bring a release back, and the data of a backup with it.

        Raises: as `plan` does, and as `Deployer.deploy` does.
        """
        chosen, release, plan = self.plan(facts, wanted, backup)
        return self._carry_out(release, plan, chosen.entry, facts)
