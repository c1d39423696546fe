"""Which images a server keeps, and the names that keep them: pure."""

from ops.releases.layout import PROJECT
from ops.releases.ledger import Ledger
from ops.releases.models import Release

REPOSITORY = f"{PROJECT}/kept"


def backend(release_id: str) -> str:
    return f"{REPOSITORY}:{release_id}"


def ops(release_id: str) -> str:
    return f"{REPOSITORY}:{release_id}-ops"


def doomed(ledger: Ledger, serving: Release, keep: int) -> list[Release]:
    """Return the releases whose images go: all but what serves and the last so many good ones before it."""
    good = [entry.release for entry in reversed(ledger.good) if entry.release.kind == "deploy"]
    staying = {serving.origin, *(release.id for release in good[:keep])}
    images = {release.backend for release in good if release.id in staying} | {serving.backend}
    return [
        entry.release
        for entry in ledger.entries
        if entry.release.kind == "deploy"
        and entry.outcome is not None
        and entry.release.id not in staying
        and entry.release.backend not in images
    ]
