"""What every peer does besides its framework: one connection pool each, and the two statements."""

# mypy: ignore-errors
# It runs where our checker is not.

import os

import asyncpg
import redis.asyncio as redis

TOKEN = os.environ["TELEGRAM_BOT_TOKEN"]
API_URL = os.environ["TELEGRAM_API_URL"]
PORT = int(os.environ["PORT"])
STATE_LIFE_S = 3600


async def open_pool() -> asyncpg.Pool:
    return await asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=1, max_size=10)


def open_redis() -> redis.Redis:
    """A pool that lets callers wait: the default one fails those who come when all connections are in use."""
    pool = redis.BlockingConnectionPool.from_url(os.environ["REDIS_URL"], max_connections=50, timeout=60)
    return redis.Redis(connection_pool=pool)


async def count(pool: asyncpg.Pool, person: int) -> int:
    """One SELECT and one UPDATE."""
    async with pool.acquire() as connection:
        before = await connection.fetchval("select messages from bench where person = $1", person)
        await connection.execute("update bench set messages = messages + 1 where person = $1", person)
    return before + 1


async def move_on(states: redis.Redis, person: int) -> None:
    """Read the state of the dialogue and write the next one."""
    await states.get(f"state:{person}")
    await states.set(f"state:{person}", b"talking", ex=STATE_LIFE_S)
