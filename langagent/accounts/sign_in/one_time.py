"""One-time links and codes: issued by the bot, used in a browser."""

import hmac
from datetime import timedelta
from typing import Final
from uuid import UUID

from langagent.accounts.sign_in import queries
from langagent.accounts.sign_in.codes import CodeHashes, new_code, normalised
from langagent.accounts.sign_in.models import IssuedCode, OneTime
from langagent.accounts.users.service import Users
from langagent.core.clock import Clock
from langagent.core.database import Connection
from langagent.settings import Settings

LIFE: Final = timedelta(minutes=10)


class SignInCodes:
    """The door to one-time sign-in: a link and a code live ten minutes, and one of them works once."""

    def __init__(self, settings: Settings, clock: Clock, users: Users) -> None:
        self._hashes = CodeHashes(settings.secret_key)
        self._clock = clock
        self._users = users

    async def issue(self, connection: Connection, user_id: UUID) -> IssuedCode:
        """A new link and code; those issued before stop working.

        Raises: AppError USER_NOT_FOUND.
        """
        await self._users.lock(connection, user_id)
        issued, now = new_code(), self._clock()
        token_hash, code_hash = self._hashes.token(issued.token), self._hashes.code(issued.code)
        await queries.replace(connection, user_id, token_hash, code_hash, now=now, expires_at=now + LIFE)
        return issued

    async def use(self, connection: Connection, one_time: OneTime) -> UUID | None:
        """Whose link or code it was, which is now used up; a wrong try at a code is noted, so commit then, too."""
        if one_time.code is not None:
            return await self._use_code(connection, one_time.code)
        token_hash = self._hashes.token(one_time.token or "")
        return await queries.use_token(connection, token_hash, self._clock())

    async def _use_code(self, connection: Connection, code: str) -> UUID | None:
        plain = normalised(code)
        if plain is None:
            return None
        now, code_hash = self._clock(), self._hashes.code(plain)
        named = await queries.named_by(connection, self._hashes.selector(plain), now)
        for live in named:
            if hmac.compare_digest(live.code_hash, code_hash):
                await queries.use(connection, live.id, now)
                return live.user_id
        await queries.count_wrong_try(connection, [live.id for live in named])
        return None
