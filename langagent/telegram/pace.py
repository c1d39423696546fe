"""How often Telegram may be called: token buckets in Redis that all processes share, local ones without it."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from langagent.core.batches import Batches
from langagent.core.redis import Cache

OVERALL_BURST: Final = 5
CHAT_BURST: Final = 3
BATCH: Final = 50
LONGEST_FREEZE_S: Final = 3600
LONGEST_WAIT_S: Final = 20.0

# A bucket is one number: when it will be full again. Each message moves that by the time of one token, and waits for
# what lies further ahead than the burst. A message that waits for its chat takes no token of all chats yet.
_RESERVE: Final = """
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local function reserve(key, interval, burst)
    local full_at = math.max(now, tonumber(redis.call('GET', key) or '0')) + interval
    redis.call('SET', key, string.format('%.0f', full_at), 'PX', math.ceil((full_at - now) / 1000) + 1000)
    return math.max(0, full_at - interval * burst - now)
end
local waits = {}
for i = 2, #KEYS do
    local chat, all = 0, 0
    if KEYS[i] ~= KEYS[1] then chat = reserve(KEYS[i], tonumber(ARGV[2]), tonumber(ARGV[4])) end
    if chat == 0 then all = reserve(KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[3])) end
    waits[#waits + 1] = {chat, all}
end
return waits
"""
_FREEZE: Final = """
local t = redis.call('TIME')
local until_us = t[1] * 1000000 + t[2] + tonumber(ARGV[1]) * 1000000
if until_us > tonumber(redis.call('GET', KEYS[1]) or '0') then
    redis.call('SET', KEYS[1], string.format('%.0f', until_us), 'PX', tonumber(ARGV[1]) * 1000 + 1000)
end
"""
_ALL: Final = "pace:all"


class TooSoonError(Exception):
    """The turn comes too late to wait for it; ``wait_s`` tells how late."""

    def __init__(self, wait_s: float) -> None:
        super().__init__(f"the next call may be made in {wait_s:.0f} s")
        self.wait_s = wait_s


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds until a call may be made. After waiting for the chat, all chats' turn must be asked for anew."""

    chat_s: float
    all_s: float


class Pace:
    """At most so many calls a second overall and to one chat; short bursts pass at once."""

    def __init__(self, cache: Cache, *, per_second: float, per_chat: float) -> None:
        self._cache = cache
        self._interval_s = 1 / per_second
        self._chat_interval_s = 1 / per_chat
        self._local = LocalBuckets()
        self._batches = Batches(self._reserve, most=BATCH)

    async def turn(self, chat_id: int | None = None) -> None:
        """Returns when a call may be made; one without a chat counts overall only.

        Raises: TooSoonError when that would take longer than 20 s.
        """
        wait = await self._batches.add(_ALL if chat_id is None else f"pace:{chat_id}")
        if wait.chat_s:
            await _sleep(wait.chat_s)
            wait = await self._batches.add(_ALL)
        if wait.all_s:
            await _sleep(wait.all_s)

    async def freeze(self, seconds: int) -> None:
        """Nobody calls for so long."""
        pause = min(seconds, LONGEST_FREEZE_S)
        self._local.freeze(_ALL, pause)
        await self._cache.run(None, _FREEZE, [_ALL], pause)

    async def _reserve(self, keys: Sequence[str]) -> list[Wait]:
        arguments = (self._interval_s * 1e6, self._chat_interval_s * 1e6, OVERALL_BURST, CHAT_BURST)
        waits = await self._cache.run(None, _RESERVE, [_ALL, *keys], *arguments)
        if waits is None:
            return [self._reserve_locally(key) for key in keys]
        return [Wait(chat_us / 1e6, all_us / 1e6) for chat_us, all_us in waits]

    def _reserve_locally(self, key: str) -> Wait:
        chat_s = 0.0 if key == _ALL else self._local.reserve(key, self._chat_interval_s, CHAT_BURST)
        return Wait(chat_s, 0.0 if chat_s else self._local.reserve(_ALL, self._interval_s, OVERALL_BURST))


async def _sleep(seconds: float) -> None:
    if seconds > LONGEST_WAIT_S:
        raise TooSoonError(seconds)
    await asyncio.sleep(seconds)


class LocalBuckets:
    """The same buckets in memory; forgotten when they are full."""

    def __init__(self) -> None:
        self._full_at: defaultdict[str, float] = defaultdict(float)

    def reserve(self, key: str, interval_s: float, burst: int) -> float:
        now = time.monotonic()
        if len(self._full_at) > 10_000:
            self._full_at = defaultdict(float, {key: at for key, at in self._full_at.items() if at > now})
        self._full_at[key] = max(now, self._full_at[key]) + interval_s
        return max(0.0, self._full_at[key] - interval_s * burst - now)

    def freeze(self, key: str, seconds: float) -> None:
        self._full_at[key] = max(self._full_at[key], time.monotonic() + seconds)
