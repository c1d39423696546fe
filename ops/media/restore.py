"""Bring files back from the bucket, if need be as they were before they were damaged or deleted there."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from ops.backups.meter import Tell, meter
from ops.backups.stores.base import ObjectMissingError, Reader, Store, StoreError
from ops.backups.stores.s3 import S3Store
from ops.errors import ConfigurationError
from ops.media.objects import DamagedError, copy, each, inventory, is_name


@dataclass(slots=True)
class Outcome:
    """What was brought back, and what the bucket does not have in any version."""

    restored: int = 0
    bytes: int = 0
    lost: list[str] = field(default_factory=list)

    def as_document(self) -> dict[str, Any]:
        return asdict(self)


def missing(store: Store, wanted: Mapping[str, int]) -> list[str]:
    """Return what should be there and is not, or has another size than it should."""
    found = inventory(store).sizes
    return sorted(name for name, size in wanted.items() if found.get(name) != size)


def require_names(names: Sequence[str]) -> None:
    """Raise ConfigurationError for what is no name of an object."""
    if wrong := [name for name in names if not is_name(name)]:
        raise ConfigurationError(
            f"Not a SHA-256 in hex: {', '.join(wrong)}.",
            state="Nothing was changed.",
            next_command="langagent media verify (names what is damaged or missing)",
        )


def restore(bucket: S3Store, target: Store, names: Sequence[str], tell: Tell) -> Outcome:
    """Copy objects from the bucket, which may be the target itself; each is proved before it is there.

    Raises:
        StoreError: the bucket cannot be read, or the target not be written.
    """
    outcome = Outcome()
    passed = meter(0, tell)
    for name, size in each(names, lambda name: _bring(bucket, target, name)):
        if size is None:
            outcome.lost.append(name)
            continue
        outcome.restored += 1
        outcome.bytes += size
        passed(outcome.bytes)
    outcome.lost.sort()
    return outcome


def _bring(bucket: S3Store, target: Store, name: str) -> int | None:
    """Return the bytes; None when no version of the object is whole."""
    for opened in _versions(bucket, name):
        try:
            return copy(opened, target, name)
        except (DamagedError, ObjectMissingError):
            continue
    return None


def _versions(bucket: S3Store, name: str) -> Iterator[AbstractContextManager[Reader]]:
    """Open the object as it is, then as it was, where the bucket knows."""
    yield bucket.reading(name)
    with suppress(StoreError):
        yield from [bucket.reading(name, version=version) for version in bucket.versions(name)]
