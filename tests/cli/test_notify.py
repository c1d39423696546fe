"""`langagent notify test` as the owner types it."""

from pathlib import Path

import pytest

from tests.cli.command import documents, run
from tests.ops.notify.receiver import receiving


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_it_says_which_channel_failed(file: Path) -> None:
    with receiving() as receiver:
        file.write_text(f"ALERT_URLS='{receiver.apprise_url} json://user:very-secret@127.0.0.1:9'\n")
        done = run("notify", "test", "--file", str(file))
    assert done.returncode == 1
    assert done.stdout.splitlines() == ["ok   number 1 of ALERT_URLS (json)", "BAD  number 2 of ALERT_URLS (json)"]
    assert "1 of 2 channels failed" in done.stderr
    assert "very-secret" not in done.stdout + done.stderr
    assert receiver.titles == ["A test of the alerts"]


def test_all_well_is_a_zero(file: Path) -> None:
    with receiving() as receiver:
        file.write_text(f"ALERT_URLS={receiver.apprise_url}\n")
        done = run("notify", "test", "--file", str(file), "--json")
    assert done.returncode == 0
    assert documents(done.stdout)[0]["channels"] == [{"channel": "number 1 of ALERT_URLS (json)", "problem": ""}]


def test_no_channel_is_no_success(file: Path) -> None:
    done = run("notify", "test", "--file", str(file))
    assert done.returncode == 2
    assert "Nobody hears of a failed backup" in done.stderr
