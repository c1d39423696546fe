"""Jobs of the night: enqueued once after every 03:30 UTC; a night without a worker is made up for."""

from datetime import datetime, time, timedelta
from typing import Final

from langagent.core.clock import Clock
from langagent.core.database import Database
from langagent.jobs import queries
from langagent.jobs.service import Jobs

STARTS_AT: Final = time(hour=3, minute=30)


class Nightly:
    """The jobs of one kind."""

    def __init__(self, database: Database, jobs: Jobs, clock: Clock, kind: str) -> None:
        self._database = database
        self._jobs = jobs
        self._clock = clock
        self.kind = kind

    async def enqueue(self) -> None:
        """To be called every now and then."""
        async with self._database.unit_of_work() as connection:
            if not await queries.exists_since(connection, self.kind, last_night(self._clock())):
                await self._jobs.enqueue(connection, self.kind, dedupe_key=self.kind)


def last_night(moment: datetime) -> datetime:
    """The newest 03:30 UTC that is not after ``moment``."""
    start = datetime.combine(moment.date(), STARTS_AT, tzinfo=moment.tzinfo)
    return start if start <= moment else start - timedelta(days=1)
