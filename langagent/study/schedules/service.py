"""Putting cards aside, taking them up again, starting them over."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from langagent.cards.models import CardAnswer
from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.study.queue.queries import one_card
from langagent.study.schedules import queries


@dataclass(frozen=True, slots=True)
class Schedules:
    """Each method answers the card as it is afterwards, and may be repeated.

    Raises: AppError CARD_NOT_FOUND.
    """

    floor: Floor

    async def suspend(self, user_id: UUID, card_id: UUID) -> CardAnswer:
        now = self.floor.clock()
        return await self._changed(
            user_id, card_id, lambda connection: queries.suspend(connection, user_id, card_id, now)
        )

    async def resume(self, user_id: UUID, card_id: UUID) -> CardAnswer:
        now = self.floor.clock()
        return await self._changed(
            user_id, card_id, lambda connection: queries.resume(connection, user_id, card_id, now)
        )

    async def reset(self, user_id: UUID, card_id: UUID) -> CardAnswer:
        return await self._changed(user_id, card_id, lambda connection: queries.reset(connection, user_id, card_id))

    async def _changed(self, user_id: UUID, card_id: UUID, work: Callable[[Connection], Awaitable[None]]) -> CardAnswer:
        async with self.floor.database.unit_of_work() as connection:
            await work(connection)
            found = await one_card(connection, user_id, card_id)
            if found is None:
                raise AppError(ErrorCode.CARD_NOT_FOUND)
            return found.card
