"""What a command uses: its time, its CPU, and the memory of all its processes together."""

import os
import re
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.study.processes import cpu_ms

SAMPLE_SECONDS: Final = 0.05
_PSS: Final = re.compile(r"^Pss:\s+(\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Run:
    """One command, once; `server` is the database server's share. `stored` is the number that the command printed."""

    wall: float
    cpu: float
    server: float
    peak_mib: float
    stored: int


def run(command: str, environment: Mapping[str, str], server: int) -> Run:
    """Run a shell command to its end.

    Args:
        server: The process id of the database server.

    Raises:
        SystemExit: it failed.
    """
    served, began, peak = cpu_ms(server), time.monotonic(), 0
    process = subprocess.Popen(
        ["bash", "-c", f"set -eo pipefail; {command}"], env={**os.environ, **environment}, stdout=subprocess.PIPE
    )
    while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
        peak = max(peak, _resident_kib(process.pid))
        time.sleep(SAMPLE_SECONDS)
    wall = time.monotonic() - began
    _, status, usage = ended
    process.returncode = os.waitstatus_to_exitcode(status)
    output, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"failed: {command}")
    cpu, served = usage.ru_utime + usage.ru_stime, cpu_ms(server) - served
    return Run(wall, cpu, served / 1000, peak / 1024, int(output or 0))


def _resident_kib(pid: int) -> int:
    """Memory of a process and its descendants; what processes share is shared out between them."""
    total = 0
    with suppress(OSError):
        process = Path(f"/proc/{pid}")
        total = sum(map(int, _PSS.findall((process / "smaps_rollup").read_text())))
        for task in (process / "task").iterdir():
            total += sum(_resident_kib(int(child)) for child in (task / "children").read_text().split())
    return total
