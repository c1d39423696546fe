"""What runs now: a lock that only a living `dev up` holds, and a file that describes it."""

import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from ops.dev.project import Project
from ops.environment.dotenv import write_private
from ops.errors import LockedError, OpsError

STOP_SECONDS = 60.0
_STEP = 0.05


@dataclass(frozen=True, slots=True)
class Process:
    """A process that cannot be mistaken for another one with a recycled pid."""

    pid: int
    ticks: int

    @classmethod
    def of(cls, pid: int) -> Self:
        return cls(pid, start_ticks(pid))

    @property
    def is_alive(self) -> bool:
        return self.ticks != 0 and start_ticks(self.pid) == self.ticks


@dataclass(slots=True)
class Run:
    """One `dev up`, as its state file describes it; `bot` has the settings that reach its bot."""

    process: Process
    started_at: str
    infra: str
    urls: dict[str, str] = field(default_factory=dict)
    owner_url: str = ""
    bot: dict[str, str] = field(default_factory=dict)
    children: dict[str, Process] = field(default_factory=dict)


def start_ticks(pid: int) -> int:
    """Return when a process was started, in clock ticks since boot; 0 when there is none (or only its zombie)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] == "Z" else int(fields[19])


@contextmanager
def claimed(project: Project) -> Iterator[None]:
    """Hold the lock of the state folder.

    Raises:
        LockedError: another `dev up` holds it.
    """
    with (project.state / "dev.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockedError(
                f"Another `langagent dev up` uses {project.state}.", next_command="langagent dev status"
            ) from error
        yield


def is_claimed(project: Project) -> bool:
    """Say whether a `dev up` lives."""
    try:
        with claimed(project):
            return False
    except LockedError:
        return True
    except FileNotFoundError:
        return False


def save(project: Project, run: Run) -> None:
    write_private(_file(project), json.dumps(asdict(run), indent=1))


def load(project: Project) -> Run | None:
    """Return the last run's description, whether it lives or was killed."""
    try:
        return _from_json(json.loads(_file(project).read_text()))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(project: Project) -> None:
    _file(project).unlink(missing_ok=True)


def stop(run: Run) -> None:
    """Ask a living run to stop and wait until it has.

    Raises:
        OpsError: it does not.
    """
    with suppress(ProcessLookupError):
        os.kill(run.process.pid, signal.SIGTERM)
    if not _gone([run.process], STOP_SECONDS):
        raise OpsError(
            f"`dev up` (process {run.process.pid}) did not stop within {STOP_SECONDS:.0f} s.",
            state="It is still running.",
            next_command=f"kill -9 {run.process.pid} (its children end with it)",
        )


def find_running(project: Project) -> Run | None:
    """Return the run that lives, if one does."""
    return load(project) if is_claimed(project) else None


def clear_leftovers(run: Run, patience: float = 10.0) -> list[str]:
    """Wait for a killed run's children to end, end those that do not, and return the names of those that lived."""
    left = {name: child for name, child in run.children.items() if child.is_alive}
    if not _gone(left.values(), patience):
        for child in left.values():
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
    return list(left)


def _gone(processes: Any, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while any(process.is_alive for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(_STEP)
    return True


def _from_json(data: Mapping[str, Any]) -> Run:
    children = {name: Process(**child) for name, child in data["children"].items()}
    return Run(**{**data, "process": Process(**data["process"]), "children": children})


def _file(project: Project) -> Path:
    return project.state / "dev.json"
