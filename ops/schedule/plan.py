"""When a task is due. Pure: rules and notes in, an answer out.

A run that was missed, because the process was down or failed, is due until it is made up for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Protocol

FIRST_RETRY: Final = timedelta(minutes=5)
LAST_RETRY: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known of a task: its last success, and the tries that failed since."""

    began: datetime | None = None
    ended: datetime | None = None
    failures: int = 0
    failed: datetime | None = None
    problem: str = ""


Records = Mapping[str, Record]


class Rule(Protocol):
    """A rhythm."""

    def due_since(self, now: datetime, records: Records) -> datetime | None:
        """Return the moment after which the task should have begun; None when it is not wanted yet."""


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day at a time of the UTC, up to `jitter` later."""

    at: time
    jitter: timedelta = timedelta(0)

    def due_since(self, now: datetime, records: Records) -> datetime:  # noqa: ARG002 - as the protocol has it
        today = datetime.combine((now - self.jitter).date(), self.at, now.tzinfo)
        return today if today + self.jitter <= now else today - DAY


@dataclass(frozen=True, slots=True)
class Weekly:
    """Once a week: on the weekday (0 is Monday) as on a day of `daily`."""

    weekday: int
    daily: Daily

    def due_since(self, now: datetime, records: Records) -> datetime:
        day = self.daily.due_since(now, records)
        return day - (day.weekday() - self.weekday) % 7 * DAY


@dataclass(frozen=True, slots=True)
class Every:
    """So long after the last time."""

    interval: timedelta

    def due_since(self, now: datetime, records: Records) -> datetime:  # noqa: ARG002 - as the protocol has it
        return now - self.interval


@dataclass(frozen=True, slots=True)
class After:
    """After each success of another task."""

    task: str

    def due_since(self, now: datetime, records: Records) -> datetime | None:  # noqa: ARG002 - as the protocol has it
        return records.get(self.task, Record()).ended


def is_due(rule: Rule, name: str, now: datetime, records: Records) -> bool:
    """Say whether a task is to begin now; one that failed is tried again after 5 minutes, then ever more, up to 1 h."""
    since, record = rule.due_since(now, records), records.get(name, Record())
    if since is None or (record.began and record.began >= since):
        return False
    return record.failed is None or now >= record.failed + retry_after(record.failures)


def retry_after(failures: int) -> timedelta:
    """Return the pause after so many failures in a row."""
    return min(FIRST_RETRY * (1 << failures - 1), LAST_RETRY)
