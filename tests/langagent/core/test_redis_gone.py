"""Everything answers without Redis."""

from langagent.core.http.limits import RateLimit
from langagent.core.redis import Cache
from langagent.settings import Secret


async def test_a_cache_without_redis_has_defaults() -> None:
    cache = Cache(Secret("unix:///nonexistent/redis.sock"))
    assert await cache.get("key") is None
    await cache.set("key", "value", ttl_s=1)
    assert await cache.ping() is False
    await cache.close()


async def test_limits_open_without_redis() -> None:
    cache = Cache(Secret("unix:///nonexistent/redis.sock"))
    assert await RateLimit(cache, limit=1, window_s=60).hit("rl:ip:1") is None
    await cache.close()


async def test_a_window_counts_and_slides(redis_url: str) -> None:
    cache = Cache(Secret(redis_url))
    limit = RateLimit(cache, limit=3, window_s=3600)
    allowances = [await limit.hit("rl:x") for _ in range(4)]
    await cache.close()
    assert [allowance and allowance.remaining for allowance in allowances] == [2, 1, 0, -1]
    assert all(allowance and 0 < allowance.reset_s <= 3600 for allowance in allowances)
