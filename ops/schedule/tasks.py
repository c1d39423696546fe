"""What is done when, as plain data: each task is a command that a person could type."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time, timedelta

from ops.schedule.config import ScheduleConfig
from ops.schedule.plan import After, Daily, Every, Rule, Weekly

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Task:
    """Arguments of `langagent`, and their rhythm; `subject` is what alerts call it.

    Attributes:
        needs_database: whether it waits while the database does not answer.
    """

    name: str
    subject: str
    rule: Rule
    arguments: tuple[str, ...]
    needs_database: bool = True


def tasks(config: ScheduleConfig, jitter: timedelta) -> list[Task]:
    """Return the tasks in the order in which they are done when several are due."""
    return list(_tasks(config, Daily(time.fromisoformat(config.settings.backup_at), jitter)))


def _tasks(config: ScheduleConfig, daily: Daily) -> Iterator[Task]:
    if config.has_certificate:
        obtain = ("certificate", "obtain")
        yield Task("certificate", "Certificate", Every(timedelta(hours=12)), obtain, needs_database=False)
    yield Task("erasures", "List of erased accounts", Every(timedelta(hours=1)), ("backup", "erasures"))
    yield Task("backup", "Backup", daily, ("backup", "create"))
    if config.settings.backup_prune:
        yield Task("prune", "Retention of backups", After("backup"), ("backup", "prune", "--yes"))
    if config.copies_media:
        yield Task("media", "Copy of learners' files", daily, ("media", "sync", "--delete", "--yes"))
    if config.can_drill and config.settings.drill_weekday != "never":
        weekly = Weekly(WEEKDAYS.index(config.settings.drill_weekday), daily)
        yield Task("drill", "Drill", weekly, ("backup", "drill"))
