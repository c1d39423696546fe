"""Put a release live that the server has already: its bundle whole, on the schema as it is or with a backup's data."""

from collections.abc import Iterable
from dataclasses import dataclass

from ops.deploy import saved
from ops.deploy.handover import Handed, Handover
from ops.deploy.saved import Saved
from ops.errors import PreflightError
from ops.hosts.compose import Compose
from ops.plan import sequence
from ops.plan.facts import Facts
from ops.plan.models import Patience, Plan, other
from ops.releases import bundle
from ops.releases.ledger import Entry
from ops.releases.models import Kind, Release, new_id


@dataclass(frozen=True, slots=True)
class Again:
    """What was asked for, by whom, and with how much patience; what to put live is for the kinds of it to say."""

    handover: Handover
    patience: Patience
    who: str
    command: str

    def ready(self) -> tuple[Facts, Handed | None]:
        """Return the facts of the server after whatever was left unfinished, and that if it was this same command.

        Raises:
            LockedError: somebody is changing it.
            OpsError: this same command was left unfinished and did not end well; see `verdict.check`.
        """
        facts = self.handover.facts()
        finished = self.handover.finish_unfinished(facts)
        same = next((one for one in finished if one.release.command == self.command), None)
        if same:
            self.handover.check(same, facts)
        return self.handover.facts() if finished else facts, same

    def find_backup(self, facts: Facts, wanted: str) -> Saved:
        """Return the backup that is to be brought back.

        Raises:
            ConfigurationError: there is no such backup.
            PreflightError: nothing serves, or the server does not list its backups.
        """
        current = serving(facts)
        return saved.find(self.handover.host, Compose(self.handover.layout, current.release.id), wanted)

    def _release(self, kind: Kind, target: Release, facts: Facts) -> Release:
        return Release(
            id=new_id(target.tag, facts.now),
            tag=target.tag,
            kind=kind,
            origin=target.origin,
            backend=target.backend,
            ops=target.ops,
            who=self.who,
            command=self.command,
            created=facts.now.isoformat(),
        )

    def _plan(self, release: Release, facts: Facts, current: Entry, backup: Saved | None) -> Plan:
        needed = facts.ledger.schema_of(Entry(release))
        behind = backup is not None and backup.schema < needed
        return Plan(
            release=release.id,
            kind=release.kind,
            root=self.handover.layout.root,
            backend=release.backend,
            ops=release.ops,
            steps=sequence.with_backup(migrate=behind) if backup else sequence.rollback(),
            colour=other(facts.live),
            live=facts.live,
            previous=current.release.id,
            layers={},
            backup=backup.id if backup else "",
            backup_schema=backup.schema if backup else 0,
            needs_schema=facts.ledger.schema_of(current),
            patience=self.patience,
        )

    def _carry_out(self, release: Release, plan: Plan, source: Entry, facts: Facts) -> Handed:
        """Hand the release over with the bundle of `source`, and judge how it ended."""
        live_image = facts.containers[f"backend-{facts.live}"].image
        files = {**self._bundle(source), **bundle.documents(release, plan, bundle.images(plan, live_image))}
        return self.handover.check(self.handover.hand_over(release, plan, files, facts), facts)

    def _bundle(self, entry: Entry) -> dict[str, bytes]:
        """Read the bundle of a release back from the server."""
        folder = self.handover.layout.release(entry.release.id)
        listed = self.handover.host.run(["find", folder.bundle, "-type", "f", "-printf", "%P\\n"]).stdout
        return {f"bundle/{name}": self.handover.host.read(f"{folder.bundle}/{name}") for name in _names(listed)}


def serving(facts: Facts, tag: str = "") -> Entry:
    """Return the release that serves; `tag` is the one to deploy if none does.

    Raises:
        PreflightError: none does.
    """
    current = facts.ledger.current
    if current is None or not facts.live:
        known = tag or (current.release.tag if current else "TAG")
        raise PreflightError(
            "Nothing serves here.", state="Nothing was changed.", next_command=f"langagent deploy {known}"
        )
    return current


def _names(listed: str) -> Iterable[str]:
    return sorted(line for line in listed.splitlines() if line)
