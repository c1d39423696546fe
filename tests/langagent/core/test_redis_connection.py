"""One connection for many tasks: whose answer is whose, and what becomes of them when Redis does not answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvloop

from langagent.core import redis
from langagent.core.redis import Cache
from langagent.core.redis_connection import RedisAddress, RedisConnection, RedisReplyError
from langagent.settings import Secret
from ops.embedded.redis import EmbeddedRedis


@pytest.fixture
async def connection(redis_url: str) -> AsyncIterator[RedisConnection]:
    opened = await RedisConnection.open(RedisAddress.parse(redis_url))
    yield opened
    opened.close()


@asynccontextmanager
async def server(answers: bytes) -> AsyncIterator[str]:
    """A server that says ``answers`` to whatever it hears first, and nothing more; gives its URL."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(4096):
            writer.write(answers)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as listening:
        yield f"redis://127.0.0.1:{listening.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://redis:6379/0", RedisAddress("", "redis", 6379, False, (), 0)),
        ("redis://cache", RedisAddress("", "cache", 6379, False, (), 0)),
        ("redis://:p%40ss@[::1]:7000/3", RedisAddress("", "::1", 7000, False, ("p@ss",), 3)),
        ("rediss://app:key@cache.example/1", RedisAddress("", "cache.example", 6379, True, ("app", "key"), 1)),
        ("unix:///run/redis.sock?db=5", RedisAddress("/run/redis.sock", "localhost", 6379, False, (), 5)),
    ],
)
def test_urls_are_read(url: str, address: RedisAddress) -> None:
    assert RedisAddress.parse(url) == address


def test_a_strange_url_is_refused_without_showing_it() -> None:
    with pytest.raises(ValueError, match="begins with redis://") as refusal:
        Cache(Secret("http://:hunter2@redis"))
    assert "hunter2" not in str(refusal.value)


async def test_many_tasks_get_each_their_own_answer(connection: RedisConnection) -> None:
    async def echo(number: int) -> bytes:
        answer: bytes = await connection.ask("ECHO", number)
        return answer

    assert await asyncio.gather(*map(echo, range(500))) == [b"%d" % number for number in range(500)]


async def test_a_caller_that_gave_up_leaves_the_others_their_answers(connection: RedisConnection) -> None:
    abandoned, wanted = connection.ask("ECHO", "abandoned"), connection.ask("ECHO", "wanted")
    abandoned.cancel()
    assert await wanted == b"wanted"


async def test_a_refused_command_leaves_the_connection_usable(connection: RedisConnection) -> None:
    with pytest.raises(RedisReplyError, match="unknown command"):
        await connection.ask("NONSENSE")
    assert await connection.ask("PING") == b"PONG"


def test_it_works_in_the_loop_of_production(redis_url: str) -> None:
    async def ping() -> bool:
        cache = Cache(Secret(redis_url))
        try:
            return await cache.ping()
        finally:
            await cache.close()

    assert uvloop.run(ping())


async def test_a_password_and_a_database_are_used(tmp_path_factory: pytest.TempPathFactory) -> None:
    with EmbeddedRedis(tmp_path_factory.mktemp("redis"), durable=False) as running:
        owner = await RedisConnection.open(RedisAddress.parse(running.url))
        await owner.ask("CONFIG", "SET", "requirepass", "hunter2")
        await owner.ask("SELECT", 3)
        await owner.ask("SET", "key", "value")
        owner.close()
        with pytest.raises(RedisReplyError, match="WRONGPASS"):
            await RedisConnection.open(RedisAddress.parse(running.url.replace("unix://", "unix://:wrong@")))
        guest = await RedisConnection.open(
            RedisAddress.parse(running.url.replace("unix://", "unix://:hunter2@") + "?db=3")
        )
        assert await guest.ask("GET", "key") == b"value"
        guest.close()


async def test_a_silent_server_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("langagent.core.redis_connection.TIMEOUT_S", 0.05)
    async with server(b"") as url:
        cache = Cache(Secret(url))
        assert await asyncio.gather(*(cache.ask("default", "PING") for _ in range(3))) == ["default"] * 3
        assert await asyncio.wait_for(cache.ask("default", "PING"), 0.01) == "default"


async def test_nonsense_is_no_answer() -> None:
    async with server(b"HTTP/1.1 400 Bad Request\r\n\r\n") as url:
        assert await Cache(Secret(url)).ask("default", "PING") == "default"


async def test_a_restarted_server_is_found_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr(redis, "PAUSE_AFTER_FAILURE_S", 0.0)
    folder = tmp_path_factory.mktemp("redis")
    with EmbeddedRedis(folder, durable=False) as running:
        cache = Cache(Secret(running.url))
        assert await cache.ping()
    assert not await cache.ping()
    with EmbeddedRedis(folder, durable=False):
        assert await cache.ping()
        await cache.close()
