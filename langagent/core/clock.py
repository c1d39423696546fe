"""Time as a value that is handed in."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]

DAY_STARTS_AT: Final = timedelta(hours=4)


def system_clock() -> datetime:
    """The current moment, aware, in UTC."""
    return datetime.now(UTC)


def learning_day(moment: datetime, zone: str) -> date:
    """The learner's day: it starts at 04:00 of their wall clock."""
    return (moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) - DAY_STARTS_AT).date()


def day_end(moment: datetime, zone: str) -> datetime:
    """The next 04:00 of the learner's wall clock after ``moment``, in UTC."""
    following = learning_day(moment, zone) + timedelta(days=1)
    wall = datetime.combine(following, datetime.min.time(), tzinfo=ZoneInfo(zone)) + DAY_STARTS_AT
    return wall.astimezone(UTC)
