"""What is done when, as plain data: each task is a command that a person could type."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from ops.schedule.config import ScheduleConfig
from ops.schedule.plan import After, Daily, Every, Record, Records, Rule, Weekly

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Task:
    """Arguments of `langagent`, and their rhythm; `subject` is what alerts call it.

    Attributes:
        needs_database: whether it waits while the database does not answer.
        resumes: a retry is told by `--since` when the task was due, and does only what is missing since.
    """

    name: str
    subject: str
    rule: Rule
    arguments: tuple[str, ...]
    needs_database: bool = True
    resumes: bool = False

    def arguments_at(self, now: datetime, records: Records) -> tuple[str, ...]:
        """Return what `langagent` is given now."""
        due = self.rule.due_since(now, records)
        is_retry = records.get(self.name, Record()).failures > 0
        return (*self.arguments, "--since", due.isoformat()) if self.resumes and is_retry and due else self.arguments


def tasks(config: ScheduleConfig, jitter: timedelta) -> list[Task]:
    """Return the tasks in the order in which they are done when several are due."""
    return list(_tasks(config, Daily(time.fromisoformat(config.settings.backup_at), jitter)))


def _tasks(config: ScheduleConfig, daily: Daily) -> Iterator[Task]:
    if config.has_certificate:
        obtain = ("certificate", "obtain")
        yield Task("certificate", "Certificate", Every(timedelta(hours=12)), obtain, needs_database=False)
    yield Task("erasures", "List of erased accounts", Every(timedelta(hours=1)), ("backup", "erasures"))
    yield Task("backup", "Backup", daily, ("backup", "create"), resumes=True)
    if config.settings.backup_prune:
        yield Task("prune", "Retention of backups", After("backup"), ("backup", "prune", "--yes"))
    if config.copies_media:
        yield Task("media", "Copy of learners' files", daily, ("media", "sync", "--delete", "--yes"))
    if config.can_drill and config.settings.drill_weekday != "never":
        weekly = Weekly(WEEKDAYS.index(config.settings.drill_weekday), daily)
        yield Task("drill", "Drill", weekly, ("backup", "drill"))
