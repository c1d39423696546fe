"""The learning day: from 04:00 to 04:00 of the learner's wall clock, across zones and clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langagent.core.clock import day_end, learning_day

ZONES = st.sampled_from(["UTC", "Europe/Moscow", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Africa/Cairo"])
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-01-10T20:30", "Europe/Moscow", "2026-01-10"),
        ("2026-01-10T22:30", "Europe/Moscow", "2026-01-10"),
        ("2026-01-11T00:59", "Europe/Moscow", "2026-01-10"),
        ("2026-01-11T01:00", "Europe/Moscow", "2026-01-11"),
        ("2026-03-29T01:59", "Europe/Berlin", "2026-03-28"),
        ("2026-03-29T02:00", "Europe/Berlin", "2026-03-29"),
        ("2026-10-25T02:59", "Europe/Berlin", "2026-10-24"),
        ("2026-10-25T03:00", "Europe/Berlin", "2026-10-25"),
    ],
)
def test_the_day_starts_at_four(moment: str, zone: str, day: str) -> None:
    assert learning_day(datetime.fromisoformat(moment).replace(tzinfo=UTC), zone) == date.fromisoformat(day)


@given(MOMENTS, ZONES)
def test_the_day_ends_at_the_next_four(moment: datetime, zone: str) -> None:
    end = day_end(moment, zone)
    assert moment < end <= moment + timedelta(hours=25)
    assert learning_day(end - timedelta(microseconds=1), zone) == learning_day(moment, zone)
    assert learning_day(end, zone) > learning_day(moment, zone)
    assert end.astimezone(ZoneInfo(zone)).hour == 4
