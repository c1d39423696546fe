"""Quiet hours on the wall clock of the learner."""

from datetime import UTC, datetime

import pytest

from langagent.notifications.quiet_hours import quiet_until


@pytest.mark.parametrize(
    ("moment", "zone", "expected"),
    [
        ("2026-01-10T07:59", "UTC", "2026-01-10T08:00"),
        ("2026-01-10T08:00", "UTC", None),
        ("2026-01-10T21:59", "UTC", None),
        ("2026-01-10T22:00", "UTC", "2026-01-11T08:00"),
        ("2026-01-10T20:30", "Europe/Moscow", "2026-01-11T05:00"),
        ("2026-03-29T00:30", "Europe/Berlin", "2026-03-29T06:00"),
        ("2026-10-24T22:30", "Europe/Berlin", "2026-10-25T07:00"),
    ],
)
def test_quiet_hours(moment: str, zone: str, expected: str | None) -> None:
    until = quiet_until(datetime.fromisoformat(moment).replace(tzinfo=UTC), zone)
    assert until == (expected and datetime.fromisoformat(expected).replace(tzinfo=UTC))
