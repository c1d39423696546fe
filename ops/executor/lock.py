"""The one lock of a server: the kernel's, so that it is free the moment its holder dies."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from ops.errors import LockedError
from ops.timer import Timer

PATIENCE_SECONDS = 2.0
POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock, for what, since when."""

    who: str
    release: str
    since: str
    command: str


@contextmanager
def held(path: Path, holder: Holder, timer: Timer) -> Iterator[None]:
    """Hold the lock.

    Raises:
        LockedError: somebody else holds it, and still does after two seconds.
    """
    with path.open("a+") as file:
        _take(file, timer)
        _write(file, json.dumps(asdict(holder)))
        try:
            yield
        finally:
            _write(file, "")


def refusal(text: str) -> LockedError:
    """Return the error that tells of the holder, by the content of the lock."""
    return LockedError(
        f"{described(text)}.", state="This command changed nothing.", next_command="langagent deploy --attach"
    )


def described(text: str) -> str:
    """Say who holds the lock, by its content."""
    try:
        holder = Holder(**json.loads(text))
    except (ValueError, TypeError):
        return "Somebody else is changing this server"
    return f"{holder.who} has been changing this server since {holder.since} ({holder.command}, {holder.release})"


def _take(file: IO[str], timer: Timer) -> None:
    deadline = timer.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if timer.monotonic() >= deadline:
                file.seek(0)
                raise refusal(file.read()) from None
        timer.sleep(POLL_SECONDS)


def _write(file: IO[str], text: str) -> None:
    file.truncate(0)
    file.write(text)
    file.flush()
    os.fsync(file.fileno())
