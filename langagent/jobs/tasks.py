"""The nightly clean-up: what is kept for a time only (PRODUCT 14.5)."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from langagent.core.clock import Clock
from langagent.core.database import Connection, Database
from langagent.jobs import queries
from langagent.jobs.nightly import Nightly
from langagent.jobs.service import Jobs, Run

CLEAN_UP: Final = "clean_up"
JOB_LIFE: Final = timedelta(days=7)

Purge = Callable[[Connection], Awaitable[None]]


class CleanUp(Nightly):
    """Runs the rooms' purges once a night, each in a transaction of its own."""

    def __init__(self, database: Database, jobs: Jobs, clock: Clock) -> None:
        super().__init__(database, jobs, clock, CLEAN_UP)
        self._purges: list[Purge] = [_purge_jobs]
        jobs.handle(CLEAN_UP, self._run)

    def add(self, purge: Purge) -> None:
        self._purges.append(purge)

    async def _run(self, _run: Run) -> None:
        for purge in self._purges:
            async with self._database.unit_of_work() as connection:
                await purge(connection)


async def _purge_jobs(connection: Connection) -> None:
    await queries.purge_done(connection, life=JOB_LIFE)
