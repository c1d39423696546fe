"""Sliding windows in Redis: one Lua script, counted once per request, open when Redis is gone."""

from typing import Final

from langagent.core.http.principal import Allowance
from langagent.core.redis import Cache

# The window slides by weighing the previous fixed window with the part of it still in sight
# (the approximation of Cloudflare's rate limiter): two small keys whatever the rate.
SLIDING_WINDOW: Final = """
local function hit(key, window)
    local now = redis.call('TIME')
    local index = math.floor(now[1] / window)
    local passed = (now[1] + now[2] / 1000000) / window - index
    local current = redis.call('INCR', key .. ':' .. index)
    if current == 1 then redis.call('EXPIRE', key .. ':' .. index, window * 2) end
    local previous = tonumber(redis.call('GET', key .. ':' .. (index - 1)) or '0')
    return {math.floor(previous * (1 - passed) + current), math.ceil(window * (1 - passed))}
end
"""
_HIT: Final = SLIDING_WINDOW + "return hit(KEYS[1], tonumber(ARGV[1]))"


class RateLimit:
    """At most ``limit`` requests in any ``window_s`` seconds under one key."""

    def __init__(self, cache: Cache, *, limit: int, window_s: int) -> None:
        self._cache = cache
        self.limit = limit
        self.window_s = window_s

    async def hit(self, key: str) -> Allowance | None:
        """Counts one request; None when Redis cannot say."""
        result = await self._cache.run(None, _HIT, [key], self.window_s)
        return None if result is None else self.read(result)

    def read(self, result: list[int]) -> Allowance:
        """What the script function ``hit`` answered, for those who call it in a script of their own."""
        used, reset_s = result
        return Allowance(limit=self.limit, remaining=self.limit - used, reset_s=reset_s)
