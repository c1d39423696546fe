"""Read every object back and compare its content with its name, and what there is with what should be."""

from collections.abc import Set
from dataclasses import asdict, dataclass, field
from typing import Any

from ops.backups.meter import Tell, meter
from ops.backups.stores.base import ObjectMissingError, Store, UnreadableError
from ops.events import Event
from ops.media.objects import DamagedError, Inventory, each, inventory, prove
from ops.media.references import References


@dataclass(slots=True)
class Report:
    """What one store holds.

    Attributes:
        whole: how many objects are what their names say, and `bytes` how large these are.
        damaged: objects whose content is something else.
        unreadable: objects that are there and cannot be read.
        missing: objects that rows of the database refer to, and that are not there.
        foreign: what has no name of ours.
    """

    store: str
    whole: int = 0
    bytes: int = 0
    damaged: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not (self.damaged or self.unreadable or self.missing or self.foreign)

    def as_document(self) -> dict[str, Any]:
        return asdict(self)


def verify(store: Store, references: References | None, tell: Tell) -> Report:
    """Read a store back.

    Args:
        references: the database; without it, nothing is missing.

    Raises:
        StoreError: the store cannot be listed or does not answer, which proves nothing.
        BackupError: the database does not answer.
    """
    wanted: Set[str] = references.names() if references else set()
    found = inventory(store)
    report = Report(store.name, foreign=found.foreign)
    gone = _read_back(store, found, report, tell)
    if references:
        report.missing = sorted((wanted - found.sizes.keys() | gone) & references.names())
    return report


def _read_back(store: Store, found: Inventory, report: Report, tell: Tell) -> set[str]:
    """Fill the report in, and return what was deleted meanwhile."""
    gone: set[str] = set()
    passed = meter(sum(found.sizes.values()), tell)
    for name, problem in each(list(found.sizes), lambda name: _problem(store, name)):
        if isinstance(problem, DamagedError):
            report.damaged.append(name)
        elif isinstance(problem, UnreadableError):
            report.unreadable.append(name)
            tell(Event("warning", problem.message))
        elif problem:
            gone.add(name)
        else:
            report.whole += 1
            report.bytes += found.sizes[name]
            passed(report.bytes)
    report.damaged.sort()
    report.unreadable.sort()
    return gone


def _problem(store: Store, name: str) -> DamagedError | ObjectMissingError | UnreadableError | None:
    try:
        prove(store.reading(name), name)
    except (DamagedError, ObjectMissingError, UnreadableError) as error:
        return error
    return None
