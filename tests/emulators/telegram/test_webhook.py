"""Delivery to a webhook: order, patience, parallelism, secrets."""

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import pairwise
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from emulators.telegram.clock import HandClock
from emulators.telegram.emulator import TelegramEmulator
from emulators.telegram.server import listen
from tests.emulators.telegram.conftest import ANNA, EMMA, Call

SECRET = "s3cret_token-"


class Receiver:
    """The bot's webhook: notes what comes and answers as it is told."""

    def __init__(self, clock: HandClock) -> None:
        self._clock = clock
        self.arrived: asyncio.Queue[tuple[float, dict[str, Any]]] = asyncio.Queue()
        self.headers: list[httpx2.Headers | Any] = []
        self.answer: Callable[[dict[str, Any]], Response] = lambda _: Response()
        self.gate = asyncio.Event()
        self.gate.set()
        self.url = ""

    async def __call__(self, request: Request) -> Response:
        update = await request.json()
        self.headers.append(request.headers)
        self.arrived.put_nowait((self._clock.now(), update))
        await self.gate.wait()
        return self.answer(update)

    async def next(self) -> tuple[float, dict[str, Any]]:
        async with asyncio.timeout(10):
            return await self.arrived.get()

    async def texts(self, count: int) -> list[str]:
        return [(await self.next())[1]["message"]["text"] for _ in range(count)]


@pytest.fixture
async def receiver(clock: HandClock) -> AsyncIterator[Receiver]:
    receiver = Receiver(clock)
    app = Starlette(routes=[Route("/hook", receiver.__call__, methods=["POST"])])
    async with listen(app, closing=receiver.gate.set) as url:
        receiver.url = f"{url}/hook"
        yield receiver


@pytest.fixture
async def hooked(call: Call, receiver: Receiver) -> Receiver:
    answer = await call("setWebhook", url=receiver.url, secret_token=SECRET)
    assert answer == {"ok": True, "result": True, "description": "Webhook was set"}
    return receiver


async def settled(emulator: TelegramEmulator) -> None:
    """Wait until nothing is pending."""
    async with asyncio.timeout(10):
        while emulator.world.updates.pending():
            await emulator.world.updates.changed.wait(emulator.world.clock, None)


async def test_updates_arrive_in_order_with_the_secret(hooked: Receiver, emulator: TelegramEmulator) -> None:
    for number in range(5):
        emulator.people.say(ANNA, str(number))
    arrived = [await hooked.next() for _ in range(5)]
    assert [update["message"]["text"] for _, update in arrived] == ["0", "1", "2", "3", "4"]
    assert {headers["x-telegram-bot-api-secret-token"] for headers in hooked.headers} == {SECRET}
    assert {headers["content-type"] for headers in hooked.headers} == {"application/json"}
    await settled(emulator)


async def test_what_waited_is_delivered_when_the_webhook_is_set(
    call: Call, receiver: Receiver, emulator: TelegramEmulator
) -> None:
    emulator.people.say(ANNA, "early")
    await call("setWebhook", url=receiver.url)
    assert await receiver.texts(1) == ["early"]
    assert "x-telegram-bot-api-secret-token" not in receiver.headers[0]


async def test_redelivery_backs_off(hooked: Receiver, emulator: TelegramEmulator, clock: HandClock) -> None:
    statuses = iter([503] * 10)
    hooked.answer = lambda _: Response(status_code=next(statuses, 200))
    emulator.people.say(ANNA, "x")
    start = clock.now()
    times = [(await hooked.next())[0] - start for _ in range(11)]
    pauses = [after - before for before, after in pairwise(times)]
    assert pauses == [0, 2, 4, 8, 16, 32, 64, 120, 120, 120]
    await settled(emulator)


async def test_a_pause_that_the_bot_asks_for(hooked: Receiver, emulator: TelegramEmulator, clock: HandClock) -> None:
    answers = iter([Response(status_code=429, headers={"Retry-After": "30"})])
    hooked.answer = lambda _: next(answers, Response())
    emulator.people.say(ANNA, "x")
    first, second = (await hooked.next())[0], (await hooked.next())[0]
    assert second - first == 30


async def test_a_message_is_given_up_after_a_day(
    hooked: Receiver, emulator: TelegramEmulator, clock: HandClock
) -> None:
    hooked.answer = lambda update: Response(
        status_code=500 if update["message"]["text"] == "poison" else 200, headers={"Retry-After": "3600"}
    )
    start = clock.now()
    emulator.people.say(ANNA, "poison")
    emulator.people.say(ANNA, "next")
    tries = 0
    while (arrival := await hooked.next())[1]["message"]["text"] == "poison":
        tries += 1
        assert arrival[0] - start <= 24 * 3600
    assert tries == 25


async def test_a_press_is_given_up_after_150_seconds(
    hooked: Receiver, call: Call, emulator: TelegramEmulator, clock: HandClock
) -> None:
    hooked.answer = lambda _: Response(status_code=500)
    message_id = await with_button(call)
    start = clock.now()
    emulator.people.press(ANNA, message_id, "x")
    await settled(emulator)
    assert clock.now() - start <= 150
    assert hooked.arrived.qsize() == 8


async def test_a_press_overtakes_a_message(hooked: Receiver, call: Call, emulator: TelegramEmulator) -> None:
    hooked.gate.clear()
    message_id = await with_button(call)
    emulator.people.say(ANNA, "first")
    emulator.people.say(ANNA, "second")
    emulator.people.press(ANNA, message_id, "x")
    arrived = [next(iter(set((await hooked.next())[1]) - {"update_id"})) for _ in range(2)]
    assert sorted(arrived) == ["callback_query", "message"]
    hooked.gate.set()
    assert await hooked.texts(1) == ["second"]


async def test_no_more_connections_than_allowed(call: Call, receiver: Receiver, emulator: TelegramEmulator) -> None:
    receiver.gate.clear()
    await call("setWebhook", url=receiver.url, max_connections=1)
    emulator.people.say(ANNA, "one")
    emulator.people.say(EMMA, "two")
    assert await receiver.texts(1) == ["one"]
    await call("getWebhookInfo")
    assert receiver.arrived.empty()
    receiver.gate.set()
    assert await receiver.texts(1) == ["two"]


async def test_info_tells_what_waits_and_what_went_wrong(
    hooked: Receiver, call: Call, emulator: TelegramEmulator, clock: HandClock
) -> None:
    answers = iter([Response(status_code=503)])
    hooked.answer = lambda _: next(answers, Response())
    emulator.people.say(ANNA, "x")
    await settled(emulator)
    info = (await call("getWebhookInfo"))["result"]
    assert info == {
        "url": hooked.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "last_error_date": int(clock.now()),
        "last_error_message": "Wrong response from the webhook: 503 Service Unavailable",
        "max_connections": 40,
        "ip_address": "127.0.0.1",
    }


async def test_nobody_listens(call: Call, emulator: TelegramEmulator, unused_tcp_port: int) -> None:
    await call("setWebhook", url=f"http://127.0.0.1:{unused_tcp_port}/hook", allowed_updates=["message"])
    emulator.people.say(ANNA, "x")
    while not emulator.world.webhook.last_error_message:
        await emulator.world.updates.changed.wait(emulator.world.clock, None)
    info = (await call("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Connection refused"
    assert info["allowed_updates"] == ["message"]


async def test_deleted(hooked: Receiver, call: Call, emulator: TelegramEmulator) -> None:
    assert (await call("deleteWebhook"))["description"] == "Webhook was deleted"
    assert (await call("deleteWebhook"))["description"] == "Webhook is already deleted"
    emulator.people.say(ANNA, "x")
    assert len((await call("getUpdates"))["result"]) == 1
    await call("deleteWebhook", drop_pending_updates=True)
    assert (await call("getUpdates"))["result"] == []


async def test_the_same_update_ten_times(
    hooked: Receiver, http: httpx2.AsyncClient, emulator: TelegramEmulator
) -> None:
    update = emulator.people.say(ANNA, "x")
    assert update
    await settled(emulator)
    answer = await http.post(f"/emulator/updates/{update.update_id}/redeliver", json={"times": 10})
    assert [one["status"] for one in answer.json()["answers"]] == [200] * 10
    assert {(await hooked.next())[1]["update_id"] for _ in range(11)} == {update.update_id}


async def with_button(call: Call) -> int:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    sent = await call("sendMessage", chat_id=ANNA, text="x", reply_markup=markup)
    return int(sent["result"]["message_id"])
