"""Redis as a cache that may vanish at any moment: every call has an answer without it."""

import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, TypeVar

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from langagent.core.metrics import REDIS_ERRORS
from langagent.settings import Secret

TIMEOUT_S: Final = 0.5
PAUSE_AFTER_FAILURE_S: Final = 1.0
_SET_MANY: Final = "for i, key in ipairs(KEYS) do redis.call('SET', key, ARGV[i + 1], 'EX', ARGV[1]) end"

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class Cache:
    """A Redis client that gives a default instead of failing.

    After a failure Redis is left alone for a second, so that a hanging server does not slow every request.
    """

    def __init__(self, url: Secret) -> None:
        self._client: Redis = Redis.from_url(
            url.reveal(),
            socket_timeout=TIMEOUT_S,
            socket_connect_timeout=TIMEOUT_S,
            retry=Retry(NoBackoff(), 1),
            protocol=3,
        )
        self._closed_until = 0.0

    async def attempt(self, call: Callable[[Redis], Awaitable[Any]], default: Answer) -> Any | Answer:
        """What ``call`` answers, or ``default`` when Redis cannot be reached."""
        if time.monotonic() < self._closed_until:
            return default
        try:
            return await call(self._client)
        except (RedisError, OSError, TimeoutError) as error:
            self._closed_until = time.monotonic() + PAUSE_AFTER_FAILURE_S
            REDIS_ERRORS.inc()
            logger.warning("redis unavailable", extra={"event": "redis_unavailable", "error": type(error).__name__})
            return default

    async def get(self, key: str) -> bytes | None:
        found: bytes | None = await self.attempt(lambda client: client.get(key), None)
        return found

    async def set(self, key: str, value: bytes | str, *, ttl_s: int) -> None:
        await self.attempt(lambda client: client.set(key, value, ex=ttl_s), None)

    async def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        found: list[bytes | None] = await self.attempt(lambda client: client.mget(keys), [None] * len(keys))
        return found

    async def set_many(self, items: Sequence[tuple[str, bytes]], *, ttl_s: int) -> None:
        """One command for all: a pipeline costs the client as much as the commands one by one."""
        keys, values = [key for key, _ in items], [value for _, value in items]
        await self.attempt(lambda client: client.eval(_SET_MANY, len(keys), *keys, ttl_s, *values), None)

    async def delete(self, *keys: str) -> None:
        await self.attempt(lambda client: client.delete(*keys), None)

    async def ping(self) -> bool:
        return bool(await self.attempt(lambda client: client.ping(), False))

    async def close(self) -> None:
        await self._client.aclose()
