"""Run `langagent` as a person or a program would."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PROGRAM = str(Path(sys.executable).with_name("langagent"))


def run(
    *arguments: str, env: Mapping[str, str] | None = None, cwd: Path | None = None, stdin: str | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run to the end, without a terminal."""
    return subprocess.run(
        [PROGRAM, *arguments],
        env={**os.environ, **(env or {})},
        cwd=cwd,
        input=stdin or "",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def run_on_terminal(
    *arguments: str, answer: str, env: Mapping[str, str] | None = None, after: str = "", cwd: Path | None = None
) -> tuple[int, str]:
    """Run with a terminal on stdin and stderr, answer once `after` is shown, and return the code and what was shown."""
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "r+b", buffering=0) as terminal:
        process = subprocess.Popen(
            [PROGRAM, *arguments],
            env={**os.environ, **(env or {})},
            cwd=cwd,
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        shown = _read_all(terminal.fileno(), until=after)
        terminal.write(answer.encode())
        shown += _read_all(terminal.fileno())
        return process.wait(60), shown


def documents(output: str) -> list[dict[str, Any]]:
    """Return the documents of an NDJSON output."""
    return [json.loads(line) for line in output.splitlines()]


def _read_all(descriptor: int, until: str | None = None) -> str:
    shown = b""
    while until is None or until.encode() not in shown:
        try:
            part = os.read(descriptor, 4096)
        except OSError:  # what Linux says when the other end of a terminal has closed
            break
        if not part:
            break
        shown += part
    return shown.decode()
