"""Wrong tries at one-time links and codes, by address: five in ten minutes."""

from datetime import timedelta
from typing import Any, Final

from langagent.core.errors import AppError, ErrorCode
from langagent.core.redis import Cache

LIMIT: Final = 5
WINDOW: Final = timedelta(minutes=10)


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

        async def count(client: Any) -> Any:
            pipeline = client.pipeline(transaction=False)
            pipeline.set(key, 0, ex=WINDOW, nx=True)
            pipeline.incrby(key, step)
            pipeline.ttl(key)
            return (await pipeline.execute())[1:]

        used, left_s = await self._cache.attempt(count, (0, 0))
        return used, left_s
