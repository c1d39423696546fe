"""Read the logs of the services, and follow them."""

import os
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from ops.dev.project import Project
from ops.errors import ConfigurationError
from ops.events import Event

_STEP = 0.2


def read(project: Project, service: str | None, *, tail: int, follow: bool) -> Iterator[Event]:
    """Yield the last `tail` lines of each log, then, with `follow`, each new one as it comes.

    Raises:
        ConfigurationError: there is no such log.
    """
    paths = _paths(project, service)
    positions = {path: path.stat().st_size for path in paths}
    for path in paths:
        with path.open(errors="replace") as log:
            yield from (_line(path, text) for text in deque(log, tail))
    while follow:
        time.sleep(_STEP)
        for path in paths:
            yield from _new_lines(path, positions)


def _paths(project: Project, service: str | None) -> list[Path]:
    known = {path.stem: path for path in sorted(project.logs.glob("*.log"))}
    if service is None:
        return list(known.values())
    if service not in known:
        names = ", ".join(known) or "none yet"
        raise ConfigurationError(f"There is no log of {service!r}; there are: {names}.")
    return [known[service]]


def _new_lines(path: Path, positions: dict[Path, int]) -> Iterator[Event]:
    with path.open("rb") as log:
        if os.fstat(log.fileno()).st_size < positions[path]:
            positions[path] = 0
        log.seek(positions[path])
        whole, newline, _ = log.read().rpartition(b"\n")
        positions[path] += len(whole) + len(newline)
    if newline:
        yield from (_line(path, text) for text in whole.decode(errors="replace").splitlines())


def _line(path: Path, text: str) -> Event:
    return Event("log", text.rstrip("\n"), {"service": path.stem})
