"""One run at a time, described by a file that never lies about who lives."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ops.dev import state
from ops.dev.project import Project
from ops.dev.state import Process, Run
from ops.errors import LockedError, PreflightError


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path, tmp_path / "state")
    made.prepare()
    return made


@pytest.fixture
def run() -> Run:
    return Run(Process.of(os.getpid()), "2026-11-23T06:00:00+00:00", "embedded", urls={"client": "http://localhost"})


def test_a_saved_run_is_loaded_as_it_was(project: Project, run: Run) -> None:
    run.children = {"app": Process(1, 2)}
    state.save(project, run)
    assert state.load(project) == run
    assert (project.state / "dev.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "{", "[]", '{"process": 1}'])
def test_a_damaged_file_is_no_run(project: Project, text: str) -> None:
    (project.state / "dev.json").write_text(text)
    assert state.load(project) is None


def test_only_one_may_hold_the_lock(project: Project, run: Run) -> None:
    state.save(project, run)
    assert state.find_running(project) is None
    with state.claimed(project):
        assert state.find_running(project) == run
        with pytest.raises(LockedError), state.claimed(project):
            pass
    assert state.find_running(project) is None


def test_a_recycled_pid_is_not_mistaken() -> None:
    mine = Process.of(os.getpid())
    assert mine.is_alive
    assert not Process(mine.pid, mine.ticks + 1).is_alive
    assert not Process(2**22 + 1, 0).is_alive


def test_children_of_a_killed_run_are_ended(run: Run) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    run.children = {"app": Process.of(child.pid), "worker": Process(child.pid, 1)}
    assert state.clear_leftovers(run, patience=0) == ["app"]
    assert child.wait(10) == -signal.SIGKILL


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PreflightError, match="cannot be written") as caught:
        Project(tmp_path, tmp_path / "file" / "state").prepare()
    assert "--state" in caught.value.next_command
