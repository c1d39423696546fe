"""Who holds a TCP port of this machine."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ops.errors import PreflightError

_LISTEN = "0A"


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that listens on a port."""

    pid: int
    command: str

    def __str__(self) -> str:
        return f"process {self.pid} ({self.command})"


def is_free(port: int) -> bool:
    """Say whether a server could listen on the port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def require_free(port: int, option: str) -> None:
    """Refuse a port that is taken.

    Raises:
        PreflightError: it is; the message names the process that holds it.
    """
    if is_free(port):
        return
    holder = find_holder(port)
    raise PreflightError(
        f"Port {port} is taken by {holder or 'a process of another user'}.",
        state="Nothing was started.",
        next_command=f"stop that process, or choose another port with {option}",
    )


def find_holder(port: int) -> Holder | None:
    """Return the process that listens on the port, where /proc shows it to us."""
    wanted = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    for pid in _pids():
        with suppress(OSError):
            if any(_target(link) in wanted for link in Path(f"/proc/{pid}/fd").iterdir()):
                return Holder(pid, command_of(pid))
    return None


def command_of(pid: int) -> str:
    """Return a process's command line, shortened."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return "unknown"
    return b" ".join(words).decode(errors="replace").strip()[:80]


def _listening_inodes(port: int) -> Iterator[str]:
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with suppress(OSError):
            for line in Path(table).read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == _LISTEN and int(fields[1].rpartition(":")[2], 16) == port:
                    yield fields[9]


def _pids() -> list[int]:
    with suppress(OSError):
        return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]
    return []


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""
