"""Processes that tests start and kill: helpers that wait without sleeping."""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).parent.parent


@contextmanager
def python(code: str, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """Run `code` in a process of its own that is killed at the end; its standard output can be read line by line."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def line(process: "subprocess.Popen[str]") -> str:
    """The next line that the process prints."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def wait_until_gone(pid: int, *, seconds: float = 20) -> None:
    """Return when the process, a child or not, has ended."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        ended, _, _ = select.select([descriptor], [], [], seconds)
    finally:
        os.close(descriptor)
    assert ended, f"process {pid} still runs"
