"""When a person may be disturbed; pure."""

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

BEGIN: Final = time(22)
END: Final = time(8)


def quiet_until(moment: datetime, zone: str) -> datetime | None:
    """The end, in UTC, of the quiet hours that ``moment`` falls into on the wall clock of ``zone``; None by day."""
    wall = moment.astimezone(ZoneInfo(zone))
    if END <= wall.time() < BEGIN:
        return None
    morning = wall.date() + timedelta(days=1) if wall.time() >= BEGIN else wall.date()
    return datetime.combine(morning, END, tzinfo=ZoneInfo(zone)).astimezone(UTC)
