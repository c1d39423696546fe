"""What the leading worker measures of the bot."""

from dataclasses import dataclass

from langagent.core.database import Database
from langagent.core.queue import queries
from langagent.notifications.outbox.models import TABLE as OUTBOX
from langagent.telegram.intake.service import TABLE as INBOX
from langagent.telegram.metrics import OUTBOX_LAG, OUTBOX_PENDING, PENDING, QUEUE_LAG


@dataclass(frozen=True, slots=True)
class Backlog:
    """How far inbox and outbox are behind."""

    database: Database

    async def measure(self) -> None:
        for table, pending, lag in ((INBOX, PENDING, QUEUE_LAG), (OUTBOX, OUTBOX_PENDING, OUTBOX_LAG)):
            async with self.database.connection() as connection:
                rows, age = await queries.backlog(connection, table)
            pending.set(rows)
            lag.set(age)
