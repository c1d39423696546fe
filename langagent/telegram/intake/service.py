"""The inbox, as webhook and poller fill it."""

from collections.abc import Sequence
from typing import Final

from langagent.core.batches import Batches
from langagent.core.database import Database
from langagent.core.queue.models import QueueTable
from langagent.telegram.intake import queries
from langagent.telegram.intake.updates import Update

# What people write is not kept for longer than its handling takes; the ids stay, so that a redelivery is known.
TABLE: Final = QueueTable(
    name="tg_inbox", key="update_id", lane="chat_key", order="update_id", channel="tg_inbox", spent="payload"
)
BATCH: Final = 100


class Inbox:
    """Stores updates; those that arrive at once share a statement and its commit."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._batches = Batches(self._insert, most=BATCH)

    async def add(self, update: Update) -> None:
        """Returns when the update is durable; one that was stored before changes nothing."""
        await self._batches.add(update)

    async def _insert(self, updates: Sequence[Update]) -> Sequence[None]:
        async with self._database.connection() as connection:
            await queries.insert(connection, updates)
        return [None] * len(updates)
