"""The servers under test, each a process of its own, and what they use of the machine."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

START_SECONDS: Final = 30
_TICKS_PER_MS: Final = os.sysconf("SC_CLK_TCK") / 1000


@contextmanager
def uvicorn(app: str, environment: Mapping[str, str], log: Path, ready: str) -> Iterator[tuple[int, int]]:
    """Runs ``app`` as one worker, as production does; gives its process id and its port."""
    port = free_port()
    argv = [
        sys.executable,
        "-m",
        "uvicorn",
        app,
        "--factory",
        "--port",
        str(port),
        "--no-access-log",
        "--no-proxy-headers",
        "--no-server-header",
        "--log-level",
        "warning",
    ]
    with serving(argv, environment, log, f"http://127.0.0.1:{port}{ready}") as pid:
        yield pid, port


@contextmanager
def serving(argv: Sequence[str], environment: Mapping[str, str], log: Path, ready: str) -> Iterator[int]:
    """Runs a server as long as the context lasts, from when ``ready`` answers; gives its process id."""
    with log.open("ab") as output:
        process = subprocess.Popen(argv, env={**os.environ, **environment}, stdout=output, stderr=output)
    try:
        _wait(process, ready, log)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def cpu_ms(root: int) -> float:
    """CPU time that a process, its descendants and those of them that ended have used."""
    parents = dict(_processes())
    family, found = 0.0, {root}
    while found:
        family += sum(sum(map(int, parents[pid][11:15])) for pid in found)
        found = {pid for pid, fields in parents.items() if int(fields[1]) in found}
    return family / _TICKS_PER_MS


def memory_mib(pid: int) -> float:
    """Resident memory of one process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _processes() -> Iterator[tuple[int, list[str]]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            # After the name, which may hold spaces: state, parent … utime, stime, cutime, cstime.
            yield int(entry.name), stat.rpartition(")")[2].split()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"{url} did not answer; its log ends:\n{log.read_text()[-2000:]}")
