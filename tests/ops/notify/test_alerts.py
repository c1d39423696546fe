"""A trouble is told once, once a day while it lasts, and when it is over; restarts do not matter."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ops.events import Event
from ops.notebook import Notebook
from ops.notify.alerts import Alerts
from ops.notify.notifier import Notifier
from tests.ops.notify.listener import Listener

NOW = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
New = Callable[[], Alerts]


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "alerts.json"


@pytest.fixture
def told() -> list[Event]:
    return []


@pytest.fixture
def alerts(file: Path, listener: Listener, told: list[Event]) -> Callable[[], Alerts]:
    """Makes alerts as each new process does."""
    return lambda: Alerts(Notebook(file, told.append), Notifier([listener]), told.append)


def test_it_is_told_once_reminded_of_daily_and_ended(alerts: New, listener: Listener) -> None:
    known = alerts()
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


def test_what_is_well_is_not_spoken_of(alerts: New, listener: Listener, file: Path) -> None:
    alerts().report("Backup", "", NOW)
    assert listener.heard == []
    assert not file.exists()


def test_a_new_process_knows_what_was_told(alerts: New, listener: Listener) -> None:
    alerts().report("Backup", "no space", NOW)
    alerts().report("Backup", "no space", NOW + HOUR)
    alerts().report("Backup", "", NOW + 3 * HOUR)
    assert listener.heard == ["Backup needs attention", "Backup is well again, after 3 h"]


def test_nobody_reached_is_not_told(alerts: New, listener: Listener) -> None:
    known = alerts()
    listener.deaf = True
    known.report("Backup", "no space", NOW)
    listener.deaf = False
    known.report("Backup", "no space", NOW + HOUR)
    assert listener.heard == ["Backup needs attention"]


def test_a_short_trouble_is_never_mentioned(alerts: New, listener: Listener) -> None:
    known = alerts()
    patience = timedelta(minutes=2)
    known.report("Database", "gone", NOW, patience)
    known.report("Database", "", NOW + timedelta(minutes=1), patience)
    known.report("Database", "gone", NOW + HOUR, patience)
    assert listener.heard == []
    known.report("Database", "gone", NOW + HOUR + patience, patience)
    assert listener.heard == ["Database needs attention"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"Backup": {}}', '{"Backup": {"since": 1, "told": null}}'])
def test_a_damaged_file_is_begun_anew(alerts: New, listener: Listener, file: Path, content: str) -> None:
    file.write_text(content)
    alerts().report("Backup", "no space", NOW)
    assert listener.heard == ["Backup needs attention"]


def test_without_a_place_to_note_it_is_told_all_the_same(
    alerts: New, listener: Listener, file: Path, told: list[Event]
) -> None:
    file.mkdir()
    known = alerts()
    for minute in range(3):
        known.report("Disk", "full", NOW + timedelta(minutes=minute))
    assert listener.heard == ["Disk needs attention"]
    assert "cannot be written" in told[-1].message


def test_who_listens_hears_of_it_and_of_channels_that_fail(alerts: New, listener: Listener, told: list[Event]) -> None:
    listener.deaf = True
    alerts().report("Backup", "no space", NOW)
    assert [event.message for event in told] == [
        "Backup needs attention: no space",
        "An alert was not delivered: deaf",
    ]


def test_without_channels_it_is_told_once_to_who_listens(file: Path, told: list[Event]) -> None:
    known = Alerts(Notebook(file, told.append), Notifier([]), told.append)
    for hour in range(3):
        known.report("Backup", "no space", NOW + hour * HOUR)
    assert [event.message for event in told] == ["Backup needs attention: no space"]
