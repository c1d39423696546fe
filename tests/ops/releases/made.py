"""Releases and outcomes as tests want them."""

from dataclasses import replace
from typing import Any

from ops.releases.ledger import Entry, Ledger
from ops.releases.models import Outcome, Release, Result


def release(release_id: str, **changes: Any) -> Release:
    """A deploy, unless it is given an origin: then the rollback to that, unless it is said to be a restore."""
    origin = changes.pop("origin", release_id)
    given = {
        "id": release_id,
        "tag": origin,
        "kind": "deploy" if origin == release_id else "rollback",
        "origin": origin,
        "backend": f"app@{origin}",
        "ops": f"ops@{origin}",
        "who": "ann@desk",
        "command": f"langagent deploy {origin}",
        "created": "2026-11-23T10:00:00+00:00",
    }
    return Release(**{**given, **changes})


def outcome(result: Result = Result.GOOD, *, schema: int = 6, floor: int = 0, **changes: Any) -> Outcome:
    evidence = {"pull": {"schema": schema, "floor": floor, "plan": 1}}
    return Outcome(result=result, finished="2026-11-23T10:01:00+00:00", seconds=60.0, evidence=evidence, **changes)


def ledger(*entries: Entry) -> Ledger:
    return Ledger(entries)


def good(release_id: str, *, origin: str = "", schema: int = 6, floor: int = 0) -> Entry:
    return Entry(release(release_id, origin=origin or release_id), outcome(schema=schema, floor=floor))


def restored(release_id: str, *, origin: str, schema: int = 6) -> Entry:
    """A restore under a release, of a backup of this schema."""
    evidence = {"restore": {"schema": schema, "backup": "backup_1", "kept": "langagent_before_1"}}
    return Entry(release(release_id, origin=origin, kind="restore"), replace(outcome(), evidence=evidence))


def bad(release_id: str, *, floor: int = 0) -> Entry:
    return Entry(release(release_id), outcome(Result.ROLLED_BACK, floor=floor))
