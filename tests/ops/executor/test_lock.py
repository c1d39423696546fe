"""The lock of a server, between processes."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ops.errors import LockedError
from ops.executor.lock import Holder, held
from ops.timer import Timer

OURS = Holder("bob@laptop", "r2", "2026-11-23T10:05:00+00:00", "langagent deploy v2")
HOLDING = """
import sys
from pathlib import Path
from ops.executor.lock import Holder, held
from ops.timer import Timer
with held(Path(sys.argv[1]), Holder("ann@desk", "r1", "2026-11-23T10:00:00+00:00", "langagent deploy v1"), Timer()):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path) -> "subprocess.Popen[str]":
    """Another process that holds the lock until it is killed."""
    argv = [sys.executable, "-c", HOLDING, str(tmp_path / "lock")]
    process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def _impatient() -> Timer:
    ticks = iter(range(100))
    return Timer(monotonic=lambda: float(next(ticks)), sleep=lambda _seconds: None)


def test_refused_with_who_and_since_when_and_free_the_moment_the_holder_dies(
    tmp_path: Path, other: "subprocess.Popen[str]"
) -> None:
    with other:
        with pytest.raises(LockedError) as refused, held(tmp_path / "lock", OURS, _impatient()):
            pass
        assert refused.value.message == (
            "ann@desk has been changing this server since 2026-11-23T10:00:00+00:00 (langagent deploy v1, r1)."
        )
        other.send_signal(signal.SIGKILL)
        other.wait()
        began = time.monotonic()
        with held(tmp_path / "lock", OURS, Timer()):
            assert time.monotonic() - began < 1
            assert json.loads((tmp_path / "lock").read_text())["who"] == "bob@laptop"
    assert (tmp_path / "lock").read_text() == ""
