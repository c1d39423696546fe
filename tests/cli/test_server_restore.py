"""`langagent server restore` as far as the question: a server whose Docker is a script that knows its answers."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.command import documents, run, run_on_terminal
from tests.ops.deploy.made import ENV
from tests.ops.releases.made import good
from tests.ops.steps.server import inspected

BACKUP = "backup_20260301_020000"
LOST = "since 2026-03-01 02:00:00 UTC, is lost"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a product whose r2 serves."""
    entry = good("r2")
    assert entry.outcome
    place = tmp_path / "app" / "releases" / "r2"
    place.mkdir(parents=True)
    (place / "release.json").write_bytes(entry.release.encode())
    (place / "outcome.json").write_bytes(entry.outcome.encode())
    (tmp_path / "app" / ".env").write_bytes(ENV)
    (tmp_path / "app" / "proxy").mkdir()
    (tmp_path / "app" / "proxy" / "upstream.conf").write_text("server backend-blue:8000;\n")
    return tmp_path / "app"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    backups = [{"id": BACKUP, "problem": "", "schema_revision": 5}]
    answers = {
        "info*": json.dumps({"ServerVersion": "26.1", "Architecture": "x86_64", "DockerRootDir": "/"}),
        "ps --all --quiet*": "ids",
        "container inspect*": json.dumps([inspected("backend-blue")]),
        "*backup list*": json.dumps({"event": "result", "backups": backups}),
    }
    program = tmp_path / "bin" / "docker"
    program.parent.mkdir()
    cases = "".join(f"{pattern.replace(' ', chr(92) + ' ')}) echo '{text}' ;;\n" for pattern, text in answers.items())
    program.write_text(f'#!/bin/sh\ncase "$*" in\n{cases}esac\n')
    program.chmod(0o755)
    return {"PATH": f"{program.parent}:{os.environ['PATH']}", "SERVER_HOST": ""}


def test_a_dry_run_tells_the_loss_and_the_steps(folder: Path, environ: dict[str, str]) -> None:
    done = run("server", "restore", "latest", "--dry-run", "--path", str(folder), env=environ)
    assert done.returncode == 0, done.stderr
    first, *steps, last = done.stdout.splitlines()
    assert first.startswith(f"r2 with the data of {BACKUP}: what was written in the last ")
    assert first.endswith(LOST)
    assert [step.split()[1] for step in steps[:4]] == ["hold:", "restore:", "migrate:", "start:"]
    assert last == "Nothing was changed."
    [result] = documents(
        run("server", "restore", BACKUP, "--dry-run", "--json", "--path", str(folder), env=environ).stdout
    )
    assert (result["backup"], result["plan"]["kind"], result["plan"]["colour"]) == (BACKUP, "restore", "green")


def test_where_nobody_can_be_asked_nothing_is_begun(folder: Path, environ: dict[str, str]) -> None:
    done = run("server", "restore", "latest", "--path", str(folder), env=environ)
    assert done.returncode == 2
    assert LOST in done.stderr
    assert [place.name for place in (folder / "releases").iterdir()] == ["r2"]


def test_a_yes_is_not_the_word(folder: Path, environ: dict[str, str]) -> None:
    arguments = ("server", "restore", "latest", "--path", str(folder))
    code, shown = run_on_terminal(*arguments, env=environ, answer="yes\n", after="Type production to go on")
    assert (code, f"Put {BACKUP} in the place of the database" in shown) == (2, True)
    assert [place.name for place in (folder / "releases").iterdir()] == ["r2"]


def test_an_unknown_backup_is_refused(folder: Path, environ: dict[str, str]) -> None:
    done = run("server", "restore", "backup_1", "--yes", "--path", str(folder), env=environ)
    assert done.returncode == 2
    assert "There is no good backup backup_1" in done.stderr
