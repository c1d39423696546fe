"""What the leader measures: that it lives, and how far the queues are behind."""

from collections.abc import Sequence

from langagent.core.database import Database
from langagent.core.metrics import JOB_LAST_SUCCESS
from langagent.core.queue import queries
from langagent.core.queue.metrics import LAG, PENDING
from langagent.core.queue.models import QueueTable


class Heartbeat:
    """Fills the gauges of the queues; its own time-stamp shows that a leader reaches the database."""

    def __init__(self, database: Database, tables: Sequence[QueueTable]) -> None:
        self._database = database
        self._tables = tables

    async def beat(self) -> None:
        for table in self._tables:
            async with self._database.connection() as connection:
                rows, age = await queries.backlog(connection, table)
            PENDING.labels(table.name).set(rows)
            LAG.labels(table.name).set(age)
        JOB_LAST_SUCCESS.labels("heartbeat").set_to_current_time()
