"""A trouble is told once, once a day while it lasts, and when it is over; restarts do not matter."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ops.errors import OpsError
from ops.notify.alerts import Alerts
from ops.notify.channels import Level
from ops.notify.notifier import Notifier

NOW = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Listener:
    """A channel that remembers, and takes nothing while it is deaf."""

    name = "listener"

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.deaf = False

    def send(self, title: str, body: str, level: Level) -> None:
        if self.deaf:
            raise OpsError("deaf")
        self.heard.append(title)


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "alerts.json"


def alerts(file: Path, listener: Listener) -> Alerts:
    return Alerts(file, Notifier([listener]))


def test_it_is_told_once_reminded_of_daily_and_ended(file: Path, listener: Listener) -> None:
    known = alerts(file, listener)
    for hour in range(50):
        known.report("Backup", "no space", NOW + hour * HOUR)
    for _ in range(2):
        known.report("Backup", "", NOW + 50 * HOUR)
    assert listener.heard == [
        "Backup needs attention",
        "Backup needs attention (for 24 h)",
        "Backup needs attention (for 2 days)",
        "Backup is well again, after 2 days",
    ]
    assert len(known) == 0


def test_what_is_well_is_not_spoken_of(file: Path, listener: Listener) -> None:
    alerts(file, listener).report("Backup", "", NOW)
    assert listener.heard == []
    assert not file.exists()


def test_a_new_process_knows_what_was_told(file: Path, listener: Listener) -> None:
    alerts(file, listener).report("Backup", "no space", NOW)
    alerts(file, listener).report("Backup", "no space", NOW + HOUR)
    alerts(file, listener).report("Backup", "", NOW + 3 * HOUR)
    assert listener.heard == ["Backup needs attention", "Backup is well again, after 3 h"]


def test_nobody_reached_is_not_told(file: Path, listener: Listener) -> None:
    known = alerts(file, listener)
    listener.deaf = True
    known.report("Backup", "no space", NOW)
    listener.deaf = False
    known.report("Backup", "no space", NOW + HOUR)
    assert listener.heard == ["Backup needs attention"]


def test_a_short_trouble_is_never_mentioned(file: Path, listener: Listener) -> None:
    known = alerts(file, listener)
    patience = timedelta(minutes=2)
    known.report("Database", "gone", NOW, patience)
    known.report("Database", "", NOW + timedelta(minutes=1), patience)
    known.report("Database", "gone", NOW + HOUR, patience)
    assert listener.heard == []
    known.report("Database", "gone", NOW + HOUR + patience, patience)
    assert listener.heard == ["Database needs attention"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"Backup": {}}', '{"Backup": {"since": 1, "told": null}}'])
def test_a_damaged_file_is_begun_anew(file: Path, listener: Listener, content: str) -> None:
    file.write_text(content)
    alerts(file, listener).report("Backup", "no space", NOW)
    assert listener.heard == ["Backup needs attention"]


def test_without_a_place_to_note_it_is_told_all_the_same(tmp_path: Path, listener: Listener) -> None:
    known = alerts(tmp_path / "missing" / "alerts.json", listener)
    for minute in range(3):
        known.report("Disk", "full", NOW + timedelta(minutes=minute))
    assert listener.heard == ["Disk needs attention"]


def test_without_channels_it_is_logged(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    Alerts(file, Notifier([])).report("Backup", "no space", NOW)
    assert "Backup needs attention: no space" in caplog.text
