"""Wrong tries at one-time links and codes, by address: five in ten minutes."""

from datetime import timedelta
from typing import Final

from langagent.core.errors import AppError, ErrorCode
from langagent.core.redis import Cache

LIMIT: Final = 5
WINDOW: Final = timedelta(minutes=10)
_COUNT: Final = """
redis.call('SET', KEYS[1], 0, 'NX', 'EX', ARGV[2])
return {redis.call('INCRBY', KEYS[1], ARGV[1]), redis.call('TTL', KEYS[1])}
"""


class Tries:
    """A try is counted before it is judged, so that many at once gain nothing; a right one is given back."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    async def take(self, address: str) -> None:
        """Raises: AppError RATE_LIMIT_EXCEEDED. Open without Redis."""
        used, left_s = await self._count(address, 1)
        if used > LIMIT:
            details = {"limit_type": "sign_in", "max": LIMIT}
            raise AppError(
                ErrorCode.RATE_LIMIT_EXCEEDED,
                details=details,
                retry_after=max(1, left_s),
                message="errors.sign_in_rest",
            )

    async def give_back(self, address: str) -> None:
        await self._count(address, -1)

    async def _count(self, address: str, step: int) -> tuple[int, int]:
        key = f"sign-in:tries:{address}"
        used, left_s = await self._cache.run((0, 0), _COUNT, [key], step, int(WINDOW.total_seconds()))
        return used, left_s
