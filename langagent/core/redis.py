"""Redis as a cache that may vanish at any moment: every call has an answer without it."""

import asyncio
import logging
import time
from collections.abc import Sequence
from typing import Any, Final, TypeVar

from langagent.core.metrics import REDIS_ERRORS
from langagent.core.redis_connection import Argument, RedisAddress, RedisConnection, RedisReplyError
from langagent.settings import Secret

PAUSE_AFTER_FAILURE_S: Final = 1.0
_SET_MANY: Final = "for i, key in ipairs(KEYS) do redis.call('SET', key, ARGV[i + 1], 'EX', ARGV[1]) end"

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class Cache:
    """Redis behind one connection, with a default instead of a failure.

    After a failure Redis is left alone for a second, so that a hanging server does not slow every request.
    """

    def __init__(self, url: Secret) -> None:
        """Raises: ValueError for a URL of another form than `RedisAddress` reads."""
        self._address = RedisAddress.parse(url.reveal())
        self._connection: RedisConnection | None = None
        self._opening = asyncio.Lock()
        self._closed_until = 0.0

    async def ask(self, default: Answer, *command: Argument) -> Any | Answer:
        """What Redis answers to ``command``, or ``default`` when it cannot be reached."""
        if time.monotonic() < self._closed_until:
            return default
        try:
            connection = self._connection
            if connection is None or connection.is_closed:
                connection = await self._open()
            return await connection.ask(*command)
        except (RedisReplyError, OSError) as error:
            self._closed_until = time.monotonic() + PAUSE_AFTER_FAILURE_S
            REDIS_ERRORS.inc()
            logger.warning("redis unavailable", extra={"event": "redis_unavailable", "error": type(error).__name__})
            return default

    async def run(self, default: Answer, script: str, keys: Sequence[str], *arguments: Argument) -> Any | Answer:
        """What a Lua script returns: several commands for one round trip, all of them or none."""
        return await self.ask(default, "EVAL", script, len(keys), *keys, *arguments)

    async def get(self, key: str) -> bytes | None:
        found: bytes | None = await self.ask(None, "GET", key)
        return found

    async def set(self, key: str, value: bytes | str, *, ttl_s: int) -> None:
        await self.ask(None, "SET", key, value, "EX", ttl_s)

    async def get_many(self, keys: Sequence[str]) -> list[bytes | None]:
        found: list[bytes | None] = await self.ask([None] * len(keys), "MGET", *keys)
        return found

    async def set_many(self, items: Sequence[tuple[str, bytes]], *, ttl_s: int) -> None:
        await self.run(None, _SET_MANY, [key for key, _ in items], ttl_s, *(value for _, value in items))

    async def delete(self, *keys: str) -> None:
        await self.ask(None, "DEL", *keys)

    async def ping(self) -> bool:
        return await self.ask(None, "PING") is not None

    async def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    async def _open(self) -> RedisConnection:
        async with self._opening:
            if self._connection is None or self._connection.is_closed:
                self._connection = await RedisConnection.open(self._address)
            return self._connection
