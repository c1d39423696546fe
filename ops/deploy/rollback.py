"""Bring an earlier release back: its bundle whole, on the schema as it is now."""

from collections.abc import Iterable
from dataclasses import dataclass

from ops.deploy import saved
from ops.deploy.handover import Handed, Handover
from ops.deploy.saved import Saved
from ops.errors import PreflightError
from ops.hosts import images
from ops.hosts.compose import Compose
from ops.plan import sequence
from ops.plan.facts import Facts
from ops.plan.models import Patience, Plan, other
from ops.releases import bundle
from ops.releases.choice import Candidate, candidates, choose
from ops.releases.ledger import Entry
from ops.releases.models import Release, new_id


@dataclass(frozen=True, slots=True)
class Rollback:
    """A rollback as it was asked for."""

    handover: Handover
    patience: Patience
    who: str
    command: str

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

    def find_backup(self, facts: Facts, wanted: str) -> Saved | None:
        """Return the backup that is to be brought back, too; None if none is wanted.

        Raises:
            ConfigurationError: there is no such backup.
            PreflightError: nothing serves, or the server does not list its backups.
        """
        if not wanted:
            return None
        current = facts.ledger.current
        if current is None:
            raise PreflightError("Nothing serves here.", next_command="langagent restore")
        return saved.find(self.handover.host, Compose(self.handover.layout, current.release.id), wanted)

    def plan(self, facts: Facts, wanted: str = "", backup: Saved | None = None) -> tuple[Candidate, Release, Plan]:
        """Return what would be done.

        Raises:
            PreflightError: there is nothing to go back to, or the release cannot be brought back.
            ConfigurationError: no release is named so.
        """
        chosen = choose(self.candidates(facts, backup), wanted)
        current = facts.ledger.current
        if current is None or not facts.live:
            raise PreflightError("Nothing serves here.", next_command=f"langagent deploy {chosen.entry.release.tag}")
        target = chosen.entry.release
        release = Release(
            id=new_id(target.tag, facts.now),
            tag=target.tag,
            kind="rollback",
            origin=target.id,
            backend=target.backend,
            ops=target.ops,
            who=self.who,
            command=self.command,
            created=facts.now.isoformat(),
        )
        return chosen, release, self._plan(release, facts, current, backup)

    def ready(self) -> Facts:
        """Return the facts of the server after whatever was left unfinished.

        Raises:
            LockedError: somebody is changing it.
        """
        facts = self.handover.facts()
        return self.handover.facts() if self.handover.finish_unfinished(facts) else facts

    def run(self, facts: Facts, wanted: str = "", backup: Saved | None = None) -> Handed:
        """Bring a release back, and the data of a backup with it.

        Raises: as `plan` does, and as `Deployer.deploy` does.
        """
        chosen, release, plan = self.plan(facts, wanted, backup)
        serving = facts.containers[f"backend-{facts.live}"]
        files = {
            **self._bundle(chosen.entry),
            **bundle.documents(release, plan, bundle.images(plan, serving.image)),
        }
        return self.handover.check(self.handover.hand_over(release, plan, files, facts), facts)

    def _plan(self, release: Release, facts: Facts, current: Entry, backup: Saved | None) -> Plan:
        needed = facts.ledger.schema_of(Entry(release))
        behind = backup is not None and backup.schema < needed
        return Plan(
            release=release.id,
            kind="rollback",
            root=self.handover.layout.root,
            backend=release.backend,
            ops=release.ops,
            steps=sequence.rollback_with_backup(migrate=behind) if backup else sequence.rollback(),
            colour=other(facts.live),
            live=facts.live,
            previous=current.release.id,
            layers={},
            backup=backup.id if backup else "",
            backup_schema=backup.schema if backup else 0,
            needs_schema=facts.ledger.schema_of(current),
            patience=self.patience,
        )

    def _bundle(self, entry: Entry) -> dict[str, bytes]:
        """Read the bundle of an earlier release back from the server."""
        folder = self.handover.layout.release(entry.release.id)
        listed = self.handover.host.run(["find", folder.bundle, "-type", "f", "-printf", "%P\\n"]).stdout
        return {f"bundle/{name}": self.handover.host.read(f"{folder.bundle}/{name}") for name in _names(listed)}


def _names(listed: str) -> Iterable[str]:
    return sorted(line for line in listed.splitlines() if line)
