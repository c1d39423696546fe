"""The ledger: every release of a server and how it ended, read from its folders."""

from collections.abc import Iterable
from dataclasses import dataclass

from ops.hosts.base import Host
from ops.releases.layout import Layout
from ops.releases.models import Outcome, Release, Result

# Every document is one line, so that one command returns them all, each behind its name.
_READ = 'cd "$1" 2>/dev/null && grep -Hs "" */release.json */outcome.json; true'


@dataclass(frozen=True, slots=True)
class Entry:
    """A release; without an outcome it is unfinished."""

    release: Release
    outcome: Outcome | None = None

    @property
    def is_good(self) -> bool:
        return self.outcome is not None and self.outcome.result is Result.GOOD


@dataclass(frozen=True, slots=True)
class Ledger:
    """Entries by time, the oldest first, and the names of files that are torn or not ours."""

    entries: tuple[Entry, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def good(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_good]

    @property
    def current(self) -> Entry | None:
        """The last good release: the one that serves."""
        return self.good[-1] if self.good else None

    @property
    def unfinished(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.outcome is None]

    def find(self, release_id: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.release.id == release_id), None)

    def schema_of(self, entry: Entry) -> int:
        """Return the schema that a release needs, as it was found when it was deployed; 0 when that is not known."""
        deployed = self.find(entry.release.origin)
        return int(deployed.outcome.found("pull", "schema", 0)) if deployed and deployed.outcome else 0

    @property
    def floor(self) -> int:
        """The oldest schema that may run, after every release that came to migrate, good or not, and every restore.

        A restored backup is migrated as far as the release needs that came with it.
        """
        floor = 0
        for at, entry in enumerate(self.entries):
            if entry.outcome is None or entry.outcome.result is Result.REFUSED:
                continue
            if restored := int(entry.outcome.found("restore", "schema", 0)):
                floor = Ledger(self.entries[:at]).floor_of(max(restored, self.schema_of(entry)))
            floor = max(floor, int(entry.outcome.found("pull", "floor", 0)))
        return floor

    def floor_of(self, schema: int) -> int:
        """Return the oldest schema that may run on a database of this schema, as far as the releases here know."""
        outcomes = [entry.outcome for entry in self.entries if entry.outcome]
        known = [found for found in outcomes if int(found.found("pull", "schema", schema + 1)) <= schema]
        return max((int(outcome.found("pull", "floor", 0)) for outcome in known), default=0)


def read(host: Host, layout: Layout) -> Ledger:
    """Read the ledger of a server; none is an empty one.

    Raises:
        HostError: the server cannot be asked.
    """
    return parse(host.run(["sh", "-c", _READ, "sh", layout.releases]).stdout.splitlines())


def parse(lines: Iterable[str]) -> Ledger:
    """Make the ledger of lines of the form `ID/FILE:DOCUMENT`; what cannot be read is skipped and named."""
    releases: dict[str, Release] = {}
    outcomes: dict[str, Outcome] = {}
    skipped: list[str] = []
    for line in lines:
        name, _, document = line.partition(":")
        release_id, _, file = name.partition("/")
        try:
            if file == "release.json":
                releases[release_id] = _of(release_id, document)
            else:
                outcomes[release_id] = Outcome.decode(document)
        except ValueError:
            skipped.append(name)
    entries = tuple(Entry(releases[name], outcomes.get(name)) for name in sorted(releases))
    return Ledger(entries, tuple(dict.fromkeys(skipped)))


def _of(release_id: str, document: str) -> Release:
    release = Release.decode(document)
    if release.id != release_id:
        raise ValueError(f"{release.id} lies in the folder {release_id}")
    return release
