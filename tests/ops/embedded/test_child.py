"""A child dies with its parent, however the parent dies."""

import os
import signal
import subprocess
import sys

import pytest

from ops.embedded.child import LAUNCHER, launch_argv, spawn, stop
from ops.embedded.launch import PARENT_IS_GONE
from tests.processes import line, python, wait_until_gone

PARENT = """
import sys
from ops.embedded.child import spawn
print(spawn(["sleep", "600"]).pid, flush=True)
sys.stdin.read()
"""
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); signal.pause()"


@pytest.mark.parametrize("death", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_child_ends_with_its_parent(death: signal.Signals) -> None:
    with python(PARENT) as parent:
        child = int(line(parent))
        parent.send_signal(death)
        wait_until_gone(child)


def test_a_child_whose_parent_is_gone_before_it_could_ask_does_not_start() -> None:
    argv = launch_argv(["echo", "started"], death_signal=signal.SIGTERM)
    argv[argv.index(str(LAUNCHER)) + 1] = "1"
    result = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (PARENT_IS_GONE, "")


def test_a_child_that_ignores_the_signal_is_killed() -> None:
    process = spawn([sys.executable, "-uc", STUBBORN], output=subprocess.PIPE)
    assert process.stdout is not None
    with process.stdout as output:
        assert output.readline() == b"deaf\n"
        stop(process, signal.SIGTERM, patience=0.1)
    assert process.returncode == -signal.SIGKILL


def test_stopping_twice_is_fine() -> None:
    process = spawn(["true"])
    process.wait()
    stop(process, signal.SIGTERM, patience=1)
    assert process.returncode == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has something to give up")
@pytest.mark.parametrize(("identity", "user"), [("namespace", "1000"), ("65534:65534", "65534")])
def test_root_is_given_up(identity: str, user: str) -> None:
    argv = launch_argv(["id", "-u"], death_signal=signal.SIGTERM, identity=identity)
    assert subprocess.run(argv, check=True, capture_output=True, text=True).stdout.strip() == user
