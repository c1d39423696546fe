"""`langagent certificate`: one to start with, the real one, and how long it lasts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ops.certificates.folder import Folder
from tests.cli.command import documents, run
from tests.ops.certificates.made import issue

Run = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def certificate(tmp_path: Path) -> Run:
    def call(*arguments: str) -> "CompletedProcess[str]":
        folder = ("--folder", str(tmp_path / "certificates"))
        return run("certificate", *arguments, *folder, env={"APP_URL": "https://tutor.test", "API_URL": ""})

    return call


def _issue(folder: Path, days: int) -> None:
    issue(Folder(folder), ("tutor.test",), datetime.now(UTC) + timedelta(days=days, hours=1))


def test_the_first_one_is_made_once(certificate: Run) -> None:
    assert certificate("start").stdout == "Made a self-signed certificate.\n"
    assert certificate("start").stdout == "One is in use, for 365 days more.\n"


def test_an_issued_one_is_put_to_use(certificate: Run, tmp_path: Path) -> None:
    _issue(tmp_path / "certificates", 60)
    assert certificate("obtain").stdout == "In use, for 60 days more: tutor.test\n"
    (status,) = documents(certificate("status", "--json").stdout)
    assert (status["days_left"], status["self_signed"]) == (60.0, False)


@pytest.mark.parametrize("command", ["start", ""])
def test_what_browsers_refuse_is_17(certificate: Run, command: str) -> None:
    if command:
        certificate(command)
    done = certificate("status")
    assert done.returncode == 17
    assert "langagent certificate obtain" in done.stderr


def test_without_a_domain_nothing_is_asked(tmp_path: Path) -> None:
    done = run("certificate", "obtain", "--folder", str(tmp_path), env={"APP_URL": "http://localhost:8000"})
    assert done.returncode == 2
    assert "no domain name" in done.stderr
