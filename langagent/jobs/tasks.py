"""The nightly clean-up: what is kept for a time only (PRODUCT 14.5)."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from typing import Final

from langagent.core.clock import Clock
from langagent.core.database import Connection, Database
from langagent.jobs import queries
from langagent.jobs.service import Jobs, Run

CLEAN_UP: Final = "clean_up"
STARTS_AT: Final = time(hour=3, minute=30)
JOB_LIFE: Final = timedelta(days=7)

Purge = Callable[[Connection], Awaitable[None]]


class CleanUp:
    """Runs the rooms' purges once a night, each in a transaction of its own."""

    def __init__(self, database: Database, jobs: Jobs, clock: Clock) -> None:
        self._database = database
        self._jobs = jobs
        self._clock = clock
        self._purges: list[Purge] = [_purge_jobs]
        jobs.handle(CLEAN_UP, self._run)

    def add(self, purge: Purge) -> None:
        self._purges.append(purge)

    async def enqueue(self) -> None:
        """Once after every 03:30 UTC; a night without a worker is made up for."""
        async with self._database.unit_of_work() as connection:
            if not await queries.exists_since(connection, CLEAN_UP, last_night(self._clock())):
                await self._jobs.enqueue(connection, CLEAN_UP, dedupe_key=CLEAN_UP)

    async def _run(self, _run: Run) -> None:
        for purge in self._purges:
            async with self._database.unit_of_work() as connection:
                await purge(connection)


def last_night(moment: datetime) -> datetime:
    """The newest 03:30 UTC that is not after ``moment``."""
    start = datetime.combine(moment.date(), STARTS_AT, tzinfo=moment.tzinfo)
    return start if start <= moment else start - timedelta(days=1)


async def _purge_jobs(connection: Connection) -> None:
    await queries.purge_done(connection, life=JOB_LIFE)
