"""What is seen of a restore from outside: rows, databases, dumps."""

import os
import subprocess
from datetime import UTC, datetime

from ops.backups.restore import Restored, restore
from ops.backups.source import DumpFile, StoredDump
from ops.backups.target import Target
from ops.events import Event

NOW = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
EARLIER, LATER = [(1, "before")], [(1, "before"), (2, "after")]


def ignore(event: Event) -> None:
    """Listen to nothing."""


def marks(target: Target, name: str = "") -> list[tuple[object, ...]]:
    with target.connect(name or target.name) as connection:
        return connection.execute("select id, mark from marks order by id").fetchall()


def databases(target: Target) -> list[str]:
    """Return the databases that belong to the target, the part of their names after its own."""
    with target.connect() as connection:
        names = connection.execute("select datname from pg_database order by 1").fetchall()
    return [name.removeprefix(target.name) for (name,) in names if name.startswith(target.name)]


def dumped(target: Target, name: str) -> str:
    argv = [target.at(name).program("pg_dump", 18), "--restrict-key=fixed"]
    env = {**os.environ, **target.at(name).environment()}
    return subprocess.run(argv, env=env, capture_output=True, text=True, check=True).stdout


def nothing_has_changed(target: Target) -> None:
    assert marks(target) == LATER
    assert databases(target) == [""]


def run(target: Target, source: StoredDump | DumpFile, to: str = "") -> Restored:
    return restore(target, source, to=to, tell=ignore, now=NOW)
