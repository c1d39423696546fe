"""The webhook: what it stores, what it ignores, what it refuses without any work."""

import asyncio
import logging
from typing import Any

import httpx2
import orjson
import pytest

from langagent.core.database import Database
from langagent.core.logging import JsonFormatter
from tests.langagent.telegram.talk import SECRET

HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
ANNA: dict[str, Any] = {"id": 100200300, "is_bot": False, "first_name": "Анна"}
PRIVATE = {"id": 100200300, "type": "private"}
MESSAGE = {"message_id": 1, "date": 1767225600, "chat": PRIVATE, "from": ANNA, "text": "hola"}
PRESS = {"id": "1", "from": ANNA, "chat_instance": "1", "data": "card.next", "message": MESSAGE}
GROUP = {"id": -1001, "type": "supergroup", "title": "Group"}

DEEP = b'{"update_id":7,"message":' + orjson.dumps(MESSAGE)[:-1] + b',"deep":' + b"[" * 600 + b"]" * 600 + b"}}"


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


async def stored(database: Database) -> list[Any]:
    async with database.connection() as connection:
        rows = await connection.fetch("select update_id, chat_key, kind, payload from tg_inbox order by update_id")
    return [(row["update_id"], row["chat_key"], row["kind"], orjson.loads(row["payload"])) for row in rows]


async def deliver(client: httpx2.AsyncClient, content: Any, **headers: str) -> httpx2.Response:
    body = content if isinstance(content, bytes) else orjson.dumps(content)
    all_headers = {"Content-Type": "application/json"} | HEADERS | headers
    return await client.post("/api/webhook", content=body, headers=all_headers)


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("message", MESSAGE),
        ("message", MESSAGE | {"text": "nul \0 and ' and 😀"}),
        ("callback_query", PRESS),
        ("my_chat_member", {"chat": PRIVATE, "from": ANNA, "date": 1, "new_chat_member": {"status": "kicked"}}),
    ],
)
async def test_ours_are_stored_as_they_came(
    client: httpx2.AsyncClient, database: Database, kind: str, payload: dict[str, Any]
) -> None:
    answer = await deliver(client, {"update_id": 7, kind: payload})
    assert (answer.status_code, answer.content) == (200, b"")
    assert await stored(database) == [(7, 100200300, kind, payload)]


async def test_a_redelivery_is_stored_once(client: httpx2.AsyncClient, database: Database) -> None:
    for _ in range(10):
        assert (await deliver(client, {"update_id": 7, "message": MESSAGE})).status_code == 200
    assert len(await stored(database)) == 1


@pytest.mark.parametrize(
    "content",
    [
        {"message": MESSAGE | {"chat": GROUP}},
        {"message": MESSAGE | {"from": ANNA | {"is_bot": True}}},
        {"message": {"text": "no chat"}},
        {"message": "text"},
        {"message": MESSAGE | {"chat": PRIVATE | {"id": 2**64 - 1}}},
        {"callback_query": PRESS | {"message": MESSAGE | {"chat": GROUP}}},
        {"callback_query": {key: value for key, value in PRESS.items() if key != "message"}},
        {"channel_post": MESSAGE},
        {"edited_message": MESSAGE},
        {"some_future_kind": {"chat": PRIVATE, "from": ANNA}},
        {},
    ],
)
async def test_what_is_not_ours_is_taken_and_ignored(
    client: httpx2.AsyncClient, database: Database, content: dict[str, Any]
) -> None:
    assert (await deliver(client, {"update_id": 7} | content)).status_code == 200
    assert await stored(database) == []


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        ({"update_id": 7, "message": MESSAGE}, {"X-Telegram-Bot-Api-Secret-Token": "forged"}, 403),
        ({"update_id": 7, "message": MESSAGE}, {"X-Telegram-Bot-Api-Secret-Token": ""}, 403),
        ({"update_id": 7, "message": MESSAGE}, {"Content-Type": "text/plain"}, 400),
        ({"update_id": 7, "message": MESSAGE | {"text": "x" * (2 << 20)}}, {}, 413),
        (b"[" * 100_000, {}, 422),
        ({"update_id": 7, "message": MESSAGE | {"deep": nested(200)}, "and": nested(100)}, {}, 200),
        (DEEP, {}, 422),
        (b'{"update_id":7,"message":{"text":"\\ud800"}}', {}, 422),
        (b"not json", {}, 422),
        (b"", {}, 422),
        ([1], {}, 422),
        ({"update_id": "7", "message": MESSAGE}, {}, 422),
        ({"update_id": True, "message": MESSAGE}, {}, 422),
        ({"update_id": 2**64 - 1, "message": MESSAGE}, {}, 422),
    ],
)  # fmt: skip
async def test_forgeries_are_refused(
    client: httpx2.AsyncClient, database: Database, content: Any, headers: dict[str, str], status: int
) -> None:
    assert (await deliver(client, content, **headers)).status_code == status
    assert len(await stored(database)) == (1 if status == 200 else 0)


async def test_a_delivery_without_a_secret_is_refused(client: httpx2.AsyncClient, database: Database) -> None:
    answer = await client.post("/api/webhook", json={"update_id": 7, "message": MESSAGE})
    assert answer.status_code == 403
    assert await stored(database) == []


async def test_a_rejection_is_a_security_event_without_the_secret(
    client: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    await deliver(client, {"update_id": 7, "message": MESSAGE}, **{"X-Telegram-Bot-Api-Secret-Token": "guess-1"})
    lines = [JsonFormatter().format(record) for record in caplog.records]
    assert any('"event":"webhook_rejected"' in line for line in lines)
    assert not any(secret in line for line in lines for secret in ("guess-1", SECRET, "hola"))


async def test_the_secret_is_looked_at_before_the_body(client: httpx2.AsyncClient) -> None:
    async def body() -> Any:
        raise AssertionError("the body was read")
        yield b""

    headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": "forged"}
    answer = await client.post("/api/webhook", content=body(), headers=headers)
    assert answer.status_code == 403


async def test_what_cannot_be_stored_is_not_acknowledged(client: httpx2.AsyncClient, database: Database) -> None:
    async with database.unit_of_work() as connection:
        await connection.execute("lock table tg_inbox in access exclusive mode")
        answers = await asyncio.gather(*(deliver(client, {"update_id": 7, "message": MESSAGE}) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {503}
    assert (await deliver(client, {"update_id": 7, "message": MESSAGE})).status_code == 200
    assert len(await stored(database)) == 1
