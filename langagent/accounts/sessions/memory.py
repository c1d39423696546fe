"""What Redis remembers of sessions: who they belong to for 30 seconds, and which of them ended."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import orjson

from langagent.accounts.sessions.access_tokens import Claims
from langagent.core.http.principal import Principal
from langagent.core.redis import Cache

PRINCIPAL_LIFE: Final = timedelta(seconds=30)
_LIFE_S: Final = int(PRINCIPAL_LIFE.total_seconds())
_REMEMBER: Final = """
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[3])
"""
_REVOKE: Final = """
redis.call('DEL', KEYS[1])
for i = 2, #KEYS do redis.call('SET', KEYS[i], '', 'EX', ARGV[1]) end
"""


class SessionMemory:
    """One hash per learner with a field per session, so that one deletion forgets them all."""

    def __init__(self, cache: Cache, token_life: timedelta) -> None:
        self._cache = cache
        self._revoked_life_s = int(token_life.total_seconds())

    def read(self, claims: Claims, stored: bytes | None, now: datetime) -> Principal | None:
        """The principal remembered, unless it is too old."""
        if stored is None:
            return None
        values = orjson.loads(stored)
        age_s = now.timestamp() - values.pop("at")
        if not 0 <= age_s < _LIFE_S:
            return None
        return Principal(user_id=claims.user_id, session_id=claims.session_id, **values)

    async def remember(self, principal: Principal, now: datetime) -> None:
        values = asdict(principal) | {"at": now.timestamp()}
        del values["user_id"], values["session_id"]
        key = user_key(principal.user_id)
        await self._cache.run(None, _REMEMBER, [key], str(principal.session_id), orjson.dumps(values), _LIFE_S)

    async def forget(self, user_id: UUID) -> None:
        """To be called after a change of the learner, plan or sessions was committed."""
        await self._cache.delete(user_key(user_id))

    async def revoke(self, user_id: UUID, session_ids: Iterable[UUID]) -> None:
        """Makes the access tokens of ended sessions useless at once."""
        keys = [user_key(user_id), *map(revoked_key, session_ids)]
        await self._cache.run(None, _REVOKE, keys, self._revoked_life_s)


def user_key(user_id: UUID) -> str:
    return f"user:{user_id}"


def revoked_key(session_id: UUID) -> str:
    return f"auth:revoked:{session_id}"
