"""Who a bearer token speaks for: one round trip to Redis, and one statement every half minute."""

from typing import Any, Final

from langagent.accounts.sessions import queries
from langagent.accounts.sessions.access_tokens import AccessTokens, Claims
from langagent.accounts.sessions.memory import SessionMemory
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.core.http.limits import RateLimit
from langagent.core.http.principal import Allowance, Principal

_WINDOW_S: Final = 3600


class TokenAuthenticator:
    """The `Authenticator` of the web process. Without Redis it asks PostgreSQL, and counts no requests."""

    def __init__(self, floor: Floor, tokens: AccessTokens, memory: SessionMemory) -> None:
        self._floor = floor
        self._tokens = tokens
        self._memory = memory
        self._limit = RateLimit(floor.cache, limit=floor.settings.rate_limit_user_per_hour, window_s=_WINDOW_S)

    async def authenticate(self, token: str) -> tuple[Principal, Allowance | None]:
        claims = self._tokens.verify(token)
        stored, is_revoked, counted = await self._recall(claims)
        if is_revoked:
            raise AppError(ErrorCode.AUTH_FAILED)
        principal = self._memory.read(claims, stored, self._floor.clock())
        allowance = None if counted is None else self._limit.read(counted)
        return principal or await self._load(claims), allowance

    async def _recall(self, claims: Claims) -> tuple[bytes | None, bool, list[int] | None]:
        async def ask(client: Any) -> Any:
            pipeline = client.pipeline(transaction=False)
            self._memory.queue_on(pipeline, claims)
            self._limit.queue_on(pipeline, f"rl:user:{claims.user_id}")
            return await pipeline.execute()

        stored, is_revoked, counted = await self._floor.cache.attempt(ask, (None, 0, None))
        return stored, bool(is_revoked), counted

    async def _load(self, claims: Claims) -> Principal:
        now = self._floor.clock()
        async with self._floor.database.connection() as connection:
            visitor = await queries.visitor(connection, claims.user_id, claims.session_id, now)
        if visitor is None:
            raise AppError(ErrorCode.AUTH_FAILED)
        if visitor.is_blocked:
            raise AppError(ErrorCode.ACCOUNT_BLOCKED)
        await self._memory.remember(visitor.principal, now)
        return visitor.principal
