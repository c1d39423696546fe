"""Copy learners' files to a bucket: what is missing there, and nothing twice."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import Any

from ops.backups.meter import Tell, meter
from ops.backups.stores.base import ObjectMissingError, UnreadableError
from ops.backups.stores.bucket import is_versioned
from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import S3Store
from ops.errors import ConfigurationError, PreflightError
from ops.events import Event
from ops.media.objects import DamagedError, copy, each, inventory, is_name


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done.

    Attributes:
        missing: bytes by name, of what the bucket lacks or holds with another size.
        there: how many files it holds already.
        superfluous: what it holds and the folder does not.
        is_versioned: what is deleted there can be had again.
    """

    missing: dict[str, int]
    there: int
    superfluous: list[str]
    is_versioned: bool

    @property
    def bytes(self) -> int:
        return sum(self.missing.values())

    def as_document(self) -> dict[str, Any]:
        return {
            "missing": sorted(self.missing),
            "there": self.there,
            "superfluous": self.superfluous,
            "versioned": self.is_versioned,
        }


@dataclass(slots=True)
class Outcome:
    """What was done.

    Attributes:
        damaged: files of the folder whose content is not what it was, and which were not copied.
        unreadable: files of the folder that cannot be read.
    """

    copied: int = 0
    bytes: int = 0
    damaged: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def as_document(self) -> dict[str, Any]:
        return asdict(self)


def plan(folder: FolderStore, bucket: S3Store, again: Collection[str] = ()) -> Plan:
    """Compare both by name and size.

    Args:
        again: files to copy whatever the bucket holds.

    Raises:
        PreflightError: there is no folder.
        ConfigurationError: a file that is to be copied again is not there.
        StoreError: one of them cannot be listed.
    """
    here = inventory(folder).sizes
    if not folder.root.is_dir():
        raise PreflightError(
            f"The folder of media, {folder.root}, is not there.",
            state="Nothing was copied or deleted.",
            next_command="mount its volume, or set MEDIA_ROOT",
        )
    there = inventory(bucket).sizes
    if unknown := set(again) - here.keys():
        raise ConfigurationError(
            f"{folder.name} has no {', '.join(sorted(unknown))}.",
            state="Nothing was copied or deleted.",
            next_command="langagent media verify",
        )
    missing = {name: size for name, size in here.items() if there.get(name) != size or name in again}
    return Plan(missing, len(here) - len(missing), sorted(there.keys() - here.keys()), is_versioned(bucket))


def execute(todo: Plan, folder: FolderStore, bucket: S3Store, tell: Tell) -> Outcome:
    """Copy what is missing; run again, it does the rest.

    Raises:
        StoreError: the bucket cannot be written.
    """
    for name in filter(is_name, bucket.unfinished("")):
        bucket.discard(name)
    outcome = Outcome()
    passed = meter(todo.bytes, tell)
    for name, result in each(list(todo.missing), lambda name: _copy(folder, bucket, name)):
        if isinstance(result, DamagedError | UnreadableError):
            (outcome.damaged if isinstance(result, DamagedError) else outcome.unreadable).append(name)
            tell(Event("warning", f"{result.message} It was not copied."))
        elif result is not None:
            outcome.copied += 1
            outcome.bytes += result
            passed(outcome.bytes)
    return outcome


def _copy(folder: FolderStore, bucket: S3Store, name: str) -> int | DamagedError | UnreadableError | None:
    """Return the bytes; None when the file was deleted since it was listed."""
    try:
        return copy(folder.reading(name), bucket, name)
    except (DamagedError, UnreadableError) as error:
        return error
    except ObjectMissingError:
        return None
