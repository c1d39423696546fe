"""Who a bearer token speaks for: remembered for half a minute, with Redis and without."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx2
import pytest
import redis.asyncio as redis

from langagent.core.database import Database
from langagent.settings import Secret, Settings
from ops.embedded.redis import EmbeddedRedis
from tests.langagent.accounts.apps import running
from tests.langagent.conftest import FrozenClock
from tests.langagent.learners import Learner, sign_in


async def status(learner: Learner) -> int:
    return (await learner.send("GET", "/api/auth/sessions")).status_code


async def change(database: Database, statement: str) -> None:
    async with database.connection() as connection:
        await connection.execute(statement)


@pytest.fixture
async def memory(redis_url: str) -> AsyncIterator["redis.Redis"]:
    async with redis.Redis.from_url(redis_url) as client:
        yield client


async def test_a_token_is_needed(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/api/users/me")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "AUTH_REQUIRED")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_an_expired_token_says_so(client: httpx2.AsyncClient, clock: FrozenClock) -> None:
    learner = await sign_in(client)
    clock.advance(timedelta(minutes=31))
    answer = await learner.send("GET", "/api/users/me")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "TOKEN_EXPIRED")


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("update users set blocked_at = now()", 403),
        ("update users set deleted_at = now()", 401),
        ("update auth_sessions set revoked_at = now()", 401),
    ],
)
async def test_a_change_behind_our_back_works_within_thirty_seconds(
    client: httpx2.AsyncClient, clock: FrozenClock, database: Database, statement: str, expected: int
) -> None:
    learner = await sign_in(client)
    assert await status(learner) == 200
    await change(database, statement)
    clock.advance(timedelta(seconds=29))
    assert await status(learner) == 200
    clock.advance(timedelta(seconds=1))
    assert await status(learner) == expected


async def test_an_emptied_redis_does_not_revive_a_revoked_session(
    client: httpx2.AsyncClient, memory: "redis.Redis"
) -> None:
    gone, kept = await sign_in(client), await sign_in(client)
    assert (await status(gone), await status(kept)) == (200, 200)
    headers = {"X-Requested-With": "langagent", "Origin": "http://localhost:5173"}
    await gone.call("POST", "/api/auth/logout", status=204, headers=headers)
    await memory.flushall()
    assert (await status(kept), await status(gone)) == (200, 401)


async def test_a_request_in_flight_cannot_undo_a_revocation(client: httpx2.AsyncClient, memory: "redis.Redis") -> None:
    """What a slow request remembers after the revocation is not believed."""
    learner = await sign_in(client)
    assert await status(learner) == 200
    remembered: dict[Any, Any] = await memory.hgetall(f"user:{learner.id}")
    headers = {"X-Requested-With": "langagent", "Origin": "http://localhost:5173"}
    await learner.call("POST", "/api/auth/logout", status=204, headers=headers)
    await memory.hset(f"user:{learner.id}", mapping=remembered)
    assert await status(learner) == 401


async def test_everything_works_when_redis_stops_in_between(
    settings: Settings, clock: FrozenClock, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with EmbeddedRedis(tmp_path_factory.mktemp("redis"), durable=False) as server:
        own = replace(settings, redis_url=Secret(server.url))
        async with running(own, clock) as client:
            learner = await sign_in(client)
            counted = await learner.send("GET", "/api/users/me")
            server.stop()
            after = await learner.send("GET", "/api/users/me")
            await learner.take_up("es")
            assert len((await learner.call("GET", "/api/profiles", status=200))["data"]) == 1
            assert (await sign_in(client)).user["id"] == learner.user["id"]
    assert (counted.status_code, after.status_code) == (200, 200)
    assert "x-ratelimit-remaining" in counted.headers
    assert "x-ratelimit-remaining" not in after.headers


async def test_requests_are_counted_by_learner(settings: Settings, clock: FrozenClock) -> None:
    async with running(replace(settings, rate_limit_user_per_hour=3), clock) as client:
        busy, calm = await sign_in(client, 1), await sign_in(client, 2)
        answers = [await busy.send("GET", "/api/users/me") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert [answer.headers.get("x-ratelimit-remaining") for answer in answers[:3]] == ["2", "1", "0"]
        assert answers[3].json()["error"]["retry_after"] > 0
        assert await status(calm) == 200


async def test_activity_is_noted_once_a_minute(
    client: httpx2.AsyncClient, clock: FrozenClock, database: Database
) -> None:
    learner, started = await sign_in(client), clock()
    noted = []
    for _ in range(5):
        assert await status(learner) == 200
        async with database.connection() as connection:
            noted.append(await connection.fetchval("select last_activity from users"))
        clock.advance(timedelta(seconds=40))
    assert [(moment - started).total_seconds() for moment in noted] == [0, 0, 80, 80, 160]


async def test_a_locked_learner_is_not_waited_for(
    client: httpx2.AsyncClient, clock: FrozenClock, database: Database
) -> None:
    learner = await sign_in(client)
    clock.advance(timedelta(minutes=5))
    async with database.unit_of_work() as connection:
        await connection.execute("select from users for update")
        assert await status(learner) == 200


async def test_errors_speak_the_learners_language(client: httpx2.AsyncClient) -> None:
    learner = await sign_in(client, language="en")
    answer = await learner.call("GET", f"/api/profiles/{learner.id}", status=404)
    assert answer["error"]["message"] == "The language profile was not found."
