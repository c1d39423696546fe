"""getUpdates: offsets, waiting, conflicts, expiry."""

import asyncio
from typing import Any

import pytest

from emulators.telegram.clock import HandClock, SystemClock
from emulators.telegram.emulator import TelegramEmulator
from tests.emulators.telegram.conftest import ANNA, EMMA, Call

NOWHERE = "http://127.0.0.1:9/hook"


async def ids(call: Call, **params: Any) -> list[int]:
    return [update["update_id"] for update in (await call("getUpdates", **params))["result"]]


def say(emulator: TelegramEmulator, count: int) -> list[int]:
    updates = [emulator.people.say(ANNA, str(number)) for number in range(count)]
    return [update.update_id for update in updates if update]


async def test_offset_confirms(call: Call, emulator: TelegramEmulator) -> None:
    made = say(emulator, 4)
    assert made == list(range(made[0], made[0] + 4))
    assert await ids(call) == made
    assert await ids(call, limit=2) == made[:2]
    assert await ids(call, offset=made[2]) == made[2:]
    assert await ids(call) == made[2:]
    assert await ids(call, offset=made[-1] + 1) == []


async def test_negative_offset_forgets_the_rest(call: Call, emulator: TelegramEmulator) -> None:
    made = say(emulator, 4)
    assert await ids(call, offset=-1) == made[-1:]
    assert await ids(call) == made[-1:]


async def test_what_is_not_asked_for_is_never_kept(call: Call, emulator: TelegramEmulator) -> None:
    await call("getUpdates", allowed_updates=["callback_query"])
    assert emulator.people.say(ANNA, "x") is None
    assert await ids(call, allowed_updates=[]) == []
    assert emulator.people.say(ANNA, "x")


async def test_updates_expire(call: Call, emulator: TelegramEmulator, clock: HandClock) -> None:
    sent = await call(
        "sendMessage", chat_id=ANNA, text="x", reply_markup={"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    )
    made = say(emulator, 1)
    emulator.people.press(ANNA, sent["result"]["message_id"], "x")
    assert len(await ids(call)) == 2
    clock.advance(151)
    assert await ids(call) == made
    clock.advance(24 * 3600)
    assert await ids(call) == []


async def test_an_empty_poll_ends_at_its_timeout(call: Call, clock: HandClock) -> None:
    before = clock.now()
    assert await ids(call, timeout=30) == []
    assert clock.now() - before == 30


async def test_polling_beside_a_webhook(call: Call) -> None:
    await call("setWebhook", url=NOWHERE)
    answer = await call("getUpdates")
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: can't use getUpdates method while webhook is active")


class TestInRealTime:
    """Two requests at once need a clock that does not run ahead."""

    @pytest.fixture
    def clock(self) -> SystemClock:
        return SystemClock()

    async def test_a_message_wakes_the_poll(self, emulator: TelegramEmulator, call: Call) -> None:
        async with asyncio.timeout(5), asyncio.TaskGroup() as group:
            poll = group.create_task(call("getUpdates", timeout=30))
            await polled(emulator, 1)
            emulator.people.say(EMMA, "awake?")
        assert poll.result()["result"][0]["message"]["text"] == "awake?"

    async def test_a_second_poller_ends_the_first(self, emulator: TelegramEmulator, call: Call) -> None:
        async with asyncio.timeout(5), asyncio.TaskGroup() as group:
            first = group.create_task(call("getUpdates", timeout=30))
            await polled(emulator, 1)
            second = group.create_task(call("getUpdates", timeout=30))
            ended = await first
            emulator.people.say(ANNA, "x")
        assert ended["error_code"] == 409
        assert ended["description"].startswith("Conflict: terminated by other getUpdates request")
        assert len(second.result()["result"]) == 1

    async def test_a_webhook_ends_the_poll(self, emulator: TelegramEmulator, call: Call) -> None:
        async with asyncio.timeout(5), asyncio.TaskGroup() as group:
            poll = group.create_task(call("getUpdates", timeout=30))
            await polled(emulator, 1)
            await call("setWebhook", url=NOWHERE)
        assert poll.result()["description"] == "Conflict: terminated by setWebhook request"

    async def test_an_open_poll_does_not_hold_up_the_end(self, emulator: TelegramEmulator, call: Call) -> None:
        async with asyncio.timeout(5), asyncio.TaskGroup() as group:
            poll = group.create_task(call("getUpdates", timeout=30))
            await polled(emulator, 1)
            emulator.world.close_streams()
        assert poll.result()["result"] == []


async def polled(emulator: TelegramEmulator, times: int) -> None:
    """Wait until the bot has begun to poll so many times."""
    async with asyncio.timeout(5):
        while emulator.world.poll_turn < times:
            await emulator.world.updates.changed.wait(emulator.world.clock, None)
