"""Operations through the whole stack: validation, refusals, limits and headers, on an app of one operation."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated
from uuid import UUID, uuid4

import httpx2
import pytest
from pydantic import Field
from starlette.applications import Starlette

from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor, lay_floor
from langagent.core.http.application import Application
from langagent.core.http.idempotency import Idempotency
from langagent.core.http.limits import RateLimit
from langagent.core.http.middleware.stack import Stack
from langagent.core.http.operation import Call, Operation, route
from langagent.core.http.principal import Allowance, Principal
from langagent.core.http.schemas import Answer, Body, NoQuery, line
from langagent.settings import Settings
from tests.langagent.conftest import FrozenClock


class Order(Body):
    name: line(10)  # type: ignore[valid-type]
    count: Annotated[int, Field(ge=1, le=5)] = 1


class Receipt(Answer):
    number: int
    name: str


class Kitchen:
    """Counts its orders, so that a repeated one shows."""

    def __init__(self) -> None:
        self.orders = 0

    async def order(self, call: Call[Order, NoQuery]) -> Receipt:
        self.orders += 1
        if call.body.name == "boom":
            raise RuntimeError("the value sk-verysecret12345 must not leave")
        if call.body.name == "conflict":
            raise AppError(ErrorCode.CONFLICT)
        return Receipt(number=self.orders, name=call.body.name)


class OneLearner:
    """Knows the token `good`; five requests a window."""

    def __init__(self, floor: Floor, user_id: UUID) -> None:
        self._limit = RateLimit(floor.cache, limit=5, window_s=3600)
        self._user_id = user_id

    async def authenticate(self, token: str) -> tuple[Principal, Allowance | None]:
        if token != "good":
            raise AppError(ErrorCode.AUTH_FAILED)
        allowance = await self._limit.hit(f"rl:user:{self._user_id}")
        return Principal(self._user_id, uuid4(), "en", "UTC", "free", False), allowance


@pytest.fixture
def kitchen() -> Kitchen:
    return Kitchen()


@pytest.fixture
async def client(settings: Settings, clock: FrozenClock, kitchen: Kitchen) -> AsyncIterator[httpx2.AsyncClient]:
    floor = lay_floor(settings, clock, name="test")
    await floor.connect()
    async with floor.database.connection() as connection:
        user_id = await connection.fetchval(
            "insert into users (telegram_id, first_name) values (1, 'Ann') returning id"
        )
    operation = Operation(
        "POST", "/api/orders", kitchen.order, "Order", body=Order, answer=Receipt, status=201, creates=True
    )
    app = Application(
        routes=[route(operation, Idempotency(floor.database))],
        middleware=Stack(settings, floor.cache, OneLearner(floor, user_id), body_limits={}).listed(),
    )
    async with open_client(app) as client:
        yield client
    await floor.disconnect()


@asynccontextmanager
async def open_client(app: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    headers = {"Authorization": "Bearer good"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost", headers=headers) as client:
        yield client


async def test_answers_with_the_declared_status_and_schema(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/api/orders", json={"name": " soup "})
    assert (answer.status_code, answer.json()) == (201, {"number": 1, "name": "soup"})


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": ""}, "name"),
        ({"name": "x" * 11}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": 5}, "name"),
        ({"name": "a", "count": "1"}, "count"),
        ({"name": "a", "count": 6}, "count"),
        ({"name": "a", "price": 1}, "price"),
    ],
)
async def test_names_the_field_that_is_wrong(client: httpx2.AsyncClient, body: object, field: str) -> None:
    answer = await client.post("/api/orders", json=body)
    assert (answer.status_code, list(answer.json()["error"]["details"])) == (422, [field])


@pytest.mark.parametrize("content", [b"{", b"[]", b"[" * 5000, b"\xff\xfe", b'{"name": "a"} trailing'])
async def test_refuses_what_is_no_json_object(client: httpx2.AsyncClient, kitchen: Kitchen, content: bytes) -> None:
    answer = await client.post("/api/orders", content=content, headers={"Content-Type": "application/json"})
    assert (answer.status_code, kitchen.orders) == (422, 0)


async def test_refuses_another_content_type(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/api/orders", content=b"name=a", headers={"Content-Type": "text/plain"})
    assert answer.json()["error"]["code"] == "UNSUPPORTED_MEDIA"


async def test_refuses_a_large_body_by_its_declared_length(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/api/orders", json={"name": "a" * 70_000})
    assert (answer.status_code, answer.json()["error"]["details"]) == (413, {"max_bytes": 65536})


async def test_refuses_a_large_body_that_hides_its_length(client: httpx2.AsyncClient) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(9):
            yield b" " * 8192

    answer = await client.post("/api/orders", content=chunks(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


async def test_hides_an_accident_behind_a_code(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/api/orders", json={"name": "boom"})
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "INTERNAL_ERROR"
    assert "verysecret" not in answer.text


async def test_speaks_the_language_of_the_learner(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/api/orders", json={"name": "conflict"}, headers={"Accept-Language": "ru"})
    assert answer.json()["error"]["message"] == "This cannot be done now: the data has changed."


async def test_speaks_the_accepted_language_before_sign_in(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/api/orders", json={}, headers={"Accept-Language": "ru-RU", "Authorization": ""})
    assert answer.json()["error"]["message"] == "Войдите, чтобы продолжить."


@pytest.mark.parametrize(("token", "code"), [("", "AUTH_REQUIRED"), ("Bearer bad", "AUTH_FAILED")])
async def test_asks_for_a_token(client: httpx2.AsyncClient, kitchen: Kitchen, token: str, code: str) -> None:
    answer = await client.post("/api/orders", json={"name": "a"}, headers={"Authorization": token})
    assert (answer.status_code, answer.json()["error"]["code"], kitchen.orders) == (401, code, 0)


async def test_tells_what_is_left_and_then_refuses(client: httpx2.AsyncClient, kitchen: Kitchen) -> None:
    answers = [await client.post("/api/orders", json={"name": "a"}) for _ in range(6)]
    assert [answer.headers.get("x-ratelimit-remaining") for answer in answers] == ["4", "3", "2", "1", "0", None]
    assert (answers[-1].status_code, kitchen.orders) == (429, 5)
    assert int(answers[-1].headers["retry-after"]) > 0


async def test_repeats_the_answer_of_a_key(client: httpx2.AsyncClient, kitchen: Kitchen) -> None:
    first, second = [
        await client.post("/api/orders", json={"name": "a"}, headers={"Idempotency-Key": "k1"}) for _ in range(2)
    ]
    assert (second.status_code, second.json(), kitchen.orders) == (201, first.json(), 1)
    assert second.headers["idempotency-replayed"] == "true"


async def test_refuses_a_key_with_another_body(client: httpx2.AsyncClient) -> None:
    headers = {"Idempotency-Key": "k1"}
    await client.post("/api/orders", json={"name": "a"}, headers=headers)
    answer = await client.post("/api/orders", json={"name": "b"}, headers=headers)
    assert answer.json()["error"]["code"] == "IDEMPOTENCY_CONFLICT"


async def test_a_failed_call_frees_its_key(client: httpx2.AsyncClient, kitchen: Kitchen) -> None:
    headers = {"Idempotency-Key": "k1"}
    for _ in range(2):
        await client.post("/api/orders", json={"name": "conflict"}, headers=headers)
    assert kitchen.orders == 2


async def test_answers_a_preflight_of_the_client_only(client: httpx2.AsyncClient) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    ours = await client.options("/api/orders", headers={"Origin": "http://localhost:5173", **asked})
    foreign = await client.options("/api/orders", headers={"Origin": "https://evil.example", **asked})
    assert ours.headers["access-control-allow-origin"] == "http://localhost:5173"
    assert "access-control-allow-origin" not in foreign.headers


async def test_every_answer_carries_the_headers(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/api/orders", json={}, headers={"X-Request-ID": "abc-1"})
    assert answer.headers["x-request-id"] == "abc-1"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"


async def test_makes_an_id_of_its_own_when_the_given_one_is_unsafe(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/api/orders", json={}, headers={"X-Request-ID": 'a"b'})
    assert len(answer.headers["x-request-id"]) == 32


async def test_another_method_is_refused_in_the_envelope(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/api/orders")
    assert answer.json()["error"]["code"] == "METHOD_NOT_ALLOWED"
