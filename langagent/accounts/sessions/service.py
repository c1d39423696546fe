"""Sessions: opened at sign-in, kept alive by refreshing, ended by the learner or by a stolen token."""

import logging
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from langagent.accounts.sessions import queries
from langagent.accounts.sessions.access_tokens import AccessTokens
from langagent.accounts.sessions.devices import device_label
from langagent.accounts.sessions.memory import SessionMemory
from langagent.accounts.sessions.models import Credentials, Method, Session, SessionAnswer
from langagent.accounts.sessions.refresh_tokens import RefreshToken
from langagent.accounts.sessions.rules import ABSOLUTE_LIFE, Verdict, judge
from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.core.http.principal import Principal

_USER_AGENT_LENGTH: Final = 300
logger = logging.getLogger(__name__)


class Sessions:
    """The door to sessions."""

    def __init__(self, floor: Floor, tokens: AccessTokens, memory: SessionMemory) -> None:
        self._floor = floor
        self._tokens = tokens
        self._memory = memory
        self._life = timedelta(days=floor.settings.refresh_token_days)
        self._keys = (floor.settings.secret_key, floor.settings.secret_key_previous)

    async def open(self, connection: Connection, user_id: UUID, method: Method, user_agent: str) -> Credentials:
        """A new session, in the caller's transaction."""
        now = self._floor.clock()
        refresh = RefreshToken.first(uuid4())
        session = Session(
            id=refresh.session_id,
            user_id=user_id,
            refresh_hash=refresh.digest(),
            previous_hash=None,
            rotated_at=None,
            method=method,
            expires_at=min(now + self._life, now + ABSOLUTE_LIFE),
            absolute_expires_at=now + ABSOLUTE_LIFE,
            revoked_at=None,
        )
        agent = "".join(character for character in user_agent if character.isprintable())[:_USER_AGENT_LENGTH]
        await queries.insert(connection, session, device_label=device_label(agent), user_agent=agent, now=now)
        return self._credentials(session, refresh, session.expires_at)

    async def refresh(self, text: str) -> Credentials:
        """Fresh credentials for a refresh token, which is rotated; a reused one ends its session.

        Raises: AppError AUTH_FAILED, ACCOUNT_BLOCKED.
        """
        token = RefreshToken.parse(text)
        if token is None:
            raise AppError(ErrorCode.AUTH_FAILED)
        async with self._floor.database.unit_of_work() as connection:
            found = await queries.lock(connection, token.session_id)
            if found is None:
                raise AppError(ErrorCode.AUTH_FAILED)
            session, is_blocked = found
            if is_blocked:
                raise AppError(ErrorCode.ACCOUNT_BLOCKED)
            credentials = await self._judged(connection, session, token)
        if credentials is None:
            await self._memory.revoke(session.user_id, [session.id])
            logger.warning("session reuse", extra={"event": "session_reuse", "user_id": str(session.user_id)})
            raise AppError(ErrorCode.AUTH_FAILED)
        return credentials

    async def _judged(self, connection: Connection, session: Session, token: RefreshToken) -> Credentials | None:
        """None when the session was revoked, which must be committed."""
        now = self._floor.clock()
        match judge(session, token, now):
            case Verdict.ENDED:
                raise AppError(ErrorCode.AUTH_FAILED)
            case Verdict.REUSED:
                await queries.revoke(connection, session.user_id, session.id, "reuse", now)
                return None
            case Verdict.REPEAT:
                return self._credentials(session, self._repeated(session, token), session.expires_at)
            case Verdict.ROTATE:
                return await self._rotated(connection, session, token, now)

    async def _rotated(
        self, connection: Connection, session: Session, token: RefreshToken, now: datetime
    ) -> Credentials:
        refresh = token.successor(self._keys[0])
        expires_at = min(now + self._life, session.absolute_expires_at)
        await queries.rotate(connection, session.id, refresh.digest(), expires_at, now)
        return self._credentials(session, refresh, expires_at)

    def _repeated(self, session: Session, token: RefreshToken) -> RefreshToken:
        """The token that the last rotation gave, under whichever key it was made."""
        for key in self._keys:
            successor = token.successor(key)
            if successor.digest() == session.refresh_hash:
                return successor
        raise AppError(ErrorCode.AUTH_FAILED)

    def _credentials(self, session: Session, refresh: RefreshToken, refresh_expires_at: datetime) -> Credentials:
        token, expires_at = self._tokens.issue(session.user_id, session.id)
        return Credentials(token, expires_at, refresh.text(), refresh_expires_at, session.method)

    async def listed(self, principal: Principal) -> list[SessionAnswer]:
        async with self._floor.database.connection() as connection:
            return await queries.listed(connection, principal.user_id, principal.session_id, self._floor.clock())

    async def leave(self, principal: Principal) -> None:
        """Ends the session that the request came by."""
        await self._end(principal, principal.session_id)

    async def end(self, principal: Principal, session_id: UUID) -> None:
        """Raises: AppError NOT_FOUND for a session that is ended, unknown or another learner's."""
        if not await self._end(principal, session_id):
            raise AppError(ErrorCode.NOT_FOUND)

    async def _end(self, principal: Principal, session_id: UUID) -> bool:
        async with self._floor.database.unit_of_work() as connection:
            ended = await queries.revoke(connection, principal.user_id, session_id, "signed_out", self._floor.clock())
        if ended:
            await self._memory.revoke(principal.user_id, [session_id])
        return ended

    async def end_all(self, principal: Principal) -> None:
        async with self._floor.database.unit_of_work() as connection:
            ended = await self.revoke_all(connection, principal.user_id, "signed_out_everywhere")
        await self._memory.revoke(principal.user_id, ended)

    async def revoke_all(self, connection: Connection, user_id: UUID, reason: str) -> list[UUID]:
        """Ends every session in the caller's transaction; give the ids to `SessionMemory.revoke` once it committed."""
        return await queries.revoke_all(connection, user_id, reason, self._floor.clock())
