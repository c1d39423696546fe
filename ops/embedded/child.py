"""Children that never outlive us: own session, parent-death signal, graceful stop."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO

LAUNCHER = Path(__file__).with_name("launch.py")


def launch_argv(argv: Sequence[str], *, death_signal: signal.Signals, identity: str = "same") -> list[str]:
    """The command that runs `argv` as a child of this very process; see `launch.py`."""
    return [sys.executable, "-IS", str(LAUNCHER), str(os.getpid()), str(int(death_signal)), identity, *argv]


def spawn(
    argv: Sequence[str],
    *,
    death_signal: signal.Signals = signal.SIGTERM,
    identity: str = "same",
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    output: int | IO[bytes] | None = None,
    keep_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a child that gets `death_signal` when the calling thread's process dies, however it dies.

    Call it from a thread that lives as long as the child shall: Linux sends the signal when that thread ends.
    """
    return subprocess.Popen(  # noqa: S603 - an argv list of ours
        launch_argv(argv, death_signal=death_signal, identity=identity),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        env=env,
        cwd=cwd,
        pass_fds=keep_fds,
        start_new_session=True,
    )


def stop(process: subprocess.Popen[bytes], stop_signal: signal.Signals, *, patience: float) -> None:
    """Ask, wait up to `patience` seconds, then kill. A child that is gone already is fine."""
    process.send_signal(stop_signal)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@cache
def namespaces_allowed() -> bool:
    """Whether this machine lets root make a user namespace (containers often forbid it)."""
    argv = launch_argv(["true"], death_signal=signal.SIGTERM, identity="namespace")
    return subprocess.run(argv, capture_output=True, check=False).returncode == 0  # noqa: S603
