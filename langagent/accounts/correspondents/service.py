"""The door for the bot: who writes, and who cannot be written to."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from langagent.accounts.correspondents import queries
from langagent.accounts.correspondents.models import Correspondent
from langagent.accounts.users.models import TelegramPerson
from langagent.accounts.users.service import Users
from langagent.core.batches import Batches
from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.core.http.principal import Principal
from langagent.core.i18n import DEFAULT_LANGUAGE

# The bot's learners are known by their chat; nobody signs them in or out.
NO_SESSION: Final = UUID(int=0)
LOOKUPS: Final = 50


class Correspondents:
    """Methods that take a connection run in the caller's transaction."""

    def __init__(self, floor: Floor, users: Users) -> None:
        self._floor = floor
        self._users = users
        self._lookups = Batches(self._find, most=LOOKUPS)

    async def meet(self, person: TelegramPerson) -> Principal:
        """Who writes: their account, made at the first update and kept fresh; looked up with those of others.

        Raises: AppError ACCOUNT_BLOCKED.
        """
        found = await self._lookups.add(person.telegram_id)
        if found is None or found.is_stale(person, self._floor.clock()):
            await self._refresh(person)
            found = await self._lookups.add(person.telegram_id)
        if found is None:
            raise AppError(ErrorCode.USER_NOT_FOUND)
        if found.is_blocked:
            raise AppError(ErrorCode.ACCOUNT_BLOCKED)
        return Principal(
            user_id=found.id,
            session_id=NO_SESSION,
            language=found.native_language,
            timezone=found.timezone,
            plan=found.plan,
            is_admin=found.is_admin,
        )

    async def language_of(self, connection: Connection, telegram_id: int) -> str:
        """What to write to a person in, of whom only the chat is known."""
        found = await queries.find(connection, [telegram_id], self._floor.clock())
        return found[telegram_id].native_language if found else DEFAULT_LANGUAGE

    async def lost(self, connection: Connection, telegram_id: int) -> None:
        """They blocked the bot or left Telegram."""
        await queries.mark_unreachable(connection, telegram_id, self._floor.clock())

    async def _refresh(self, person: TelegramPerson) -> None:
        async with self._floor.database.unit_of_work() as connection:
            await self._users.enter(connection, person, None, person.language_code or "")
            await queries.mark_reachable(connection, person.telegram_id)

    async def _find(self, telegram_ids: Sequence[int]) -> list[Correspondent | None]:
        async with self._floor.database.connection() as connection:
            found = await queries.find(connection, telegram_ids, self._floor.clock())
        return [found.get(telegram_id) for telegram_id in telegram_ids]
