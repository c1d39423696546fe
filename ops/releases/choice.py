"""Which release a rollback brings back: pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ops.errors import ConfigurationError, PreflightError
from ops.releases.ledger import Entry, Ledger


@dataclass(frozen=True, slots=True)
class Candidate:
    """A release that a rollback could bring back.

    Attributes:
        warm: its container is there and only has to be started.
        problem: why it cannot be brought back.
        passed_over: why it is no default although it could be brought back.
    """

    entry: Entry
    warm: bool = False
    problem: str = ""
    passed_over: str = ""

    @property
    def id(self) -> str:
        return self.entry.release.id

    @property
    def fate(self) -> str:
        """What a rollback to it would do, in words."""
        if self.problem:
            return f"refused: {self.problem}"
        how = "warm: its container is started" if self.warm else "cold: a container is made of the image kept here"
        return f"{how}; no default: {self.passed_over}" if self.passed_over else how


def candidates(
    ledger: Ledger, *, images: Collection[str], stopped: Collection[str], floor: int | None = None
) -> list[Candidate]:
    """Return every good release but the current one, the newest first.

    Args:
        images: References of the images on the server.
        stopped: References that the stopped backend was made of.
        floor: The oldest schema that may run; by default, on the database as it is.
    """
    current = _origin(ledger.current)
    lowest = ledger.floor if floor is None else floor
    return [
        Candidate(
            entry,
            warm=entry.release.backend in stopped,
            problem=_problem(ledger, entry, images, lowest),
            passed_over=_passed_over(ledger, entry),
        )
        for entry in reversed(ledger.good)
        if entry.release.kind == "deploy" and entry.release.id != current
    ]


def choose(found: Sequence[Candidate], wanted: str = "") -> Candidate:
    """Return the newest good release, or the newest that is named by id or tag.

    Raises:
        ConfigurationError: no release is named so.
        PreflightError: there is none to go back to, or the one wanted cannot be brought back.
    """
    named = [one for one in found if wanted in (one.id, one.entry.release.tag)]
    if wanted and not named:
        raise ConfigurationError(
            f"No good release but the current one is called {wanted}.",
            state="Nothing was changed.",
            next_command="langagent rollback --list",
        )
    default = [one for one in found if not one.passed_over]
    if not wanted and not default:
        raise PreflightError(
            "There is no earlier good release to go back to.",
            state="Nothing was changed.",
            next_command="langagent rollback --list",
        )
    chosen = (named or default)[0]
    if chosen.problem:
        raise PreflightError(
            f"{chosen.id} cannot be brought back: {chosen.problem}.",
            state="Nothing was changed.",
            next_command=_way_out(chosen),
        )
    return chosen


def _origin(entry: Entry | None) -> str:
    return entry.release.origin if entry else ""


def _passed_over(ledger: Ledger, entry: Entry) -> str:
    if entry.release.id in _left(ledger):
        return "somebody rolled back from it"
    same = ledger.current is not None and entry.release.backend == ledger.current.release.backend
    return "its image is the current one" if same else ""


def _left(ledger: Ledger) -> set[str]:
    """Releases that the last thing to happen to was a rollback away from them."""
    left: set[str] = set()
    serving = ""
    for entry in ledger.good:
        if entry.release.kind == "rollback":
            left.add(serving)
        serving = entry.release.origin
        left.discard(serving)
    return left


def _problem(ledger: Ledger, entry: Entry, images: Collection[str], floor: int) -> str:
    schema = ledger.schema_of(entry)
    if entry.release.backend not in images:
        return "its image is not on the server any more"
    if schema < floor:
        return f"it knows the schema up to {schema:04}, and the database needs {floor:04} or later"
    return ""


def _way_out(chosen: Candidate) -> str:
    if "schema" in chosen.problem:
        back = f"langagent rollback --to {chosen.id} --restore-backup ID"
        return f"{back} (what was written since is lost), or mend and deploy"
    return f"langagent deploy {chosen.entry.release.tag}"
