"""A scheduler whose clock the test sets, with real commands and a channel that remembers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from langagent.settings import Secret
from ops.certificates.folder import Folder
from ops.events import Event
from ops.health.ages import Ages, DrillAge
from ops.notify.notifier import Notifier
from ops.schedule.dead_letters import describe_dead_letters
from ops.schedule.leader import Leader
from ops.schedule.plan import Daily
from ops.schedule.tasks import Task
from ops.schedule.watch import Watch
from ops.scheduler import Scheduler
from tests.ops.notify.listener import Listener

NIGHTLY = Daily(time(2), timedelta(minutes=10))


@dataclass
class World:
    """What schedulers live in: time, a folder, and somebody who listens."""

    folder: Path
    now: datetime = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
    listener: Listener = field(default_factory=Listener)
    told: list[Event] = field(default_factory=list)
    ages: Ages | None = None
    drills_here: bool = True
    heartbeat_url: str = ""
    certificates: Folder | None = None
    running: list[Scheduler] = field(default_factory=list)

    @property
    def log(self) -> Path:
        return self.folder / "ran"

    @property
    def runs(self) -> list[str]:
        """What the commands wrote, one line a run."""
        return self.log.read_text().split() if self.log.exists() else []

    def read_ages(self, now: datetime) -> Ages:
        return self.ages or Ages(now, (), DrillAge())

    def at(self, day: int, hour: int, minute: int = 0) -> None:
        self.now = datetime(2026, 3, day, hour, minute, tzinfo=UTC)

    def scheduler(self, *commands: str, url: str = "", tasks: list[Task] | None = None) -> Scheduler:
        """A process that runs these bash commands nightly; `$LOG` is a file that they may write to."""
        named = [Task(f"task{number}", "Backup", NIGHTLY, (command,)) for number, command in enumerate(commands)]
        scheduler = Scheduler(
            tasks or named,
            ["bash", "-c"],
            {"LOG": str(self.log)},
            leader=Leader(url),
            watch=Watch(
                self.read_ages,
                self.drills_here,
                Secret(self.heartbeat_url),
                self.certificates,
                dead_letters=lambda: describe_dead_letters(url),
            ),
            notifier=Notifier([self.listener]),
            folder=self.folder,
            tell=self.told.append,
            clock=lambda: self.now,
        )
        self.running.append(scheduler)
        return scheduler


def work(scheduler: Scheduler) -> None:
    """Do what is due, to its end."""
    scheduler.work()
    while scheduler.job:
        scheduler.job.process.wait(20)
        scheduler.work()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    for scheduler in world.running:
        scheduler.close()
