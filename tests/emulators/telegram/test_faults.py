"""Troubles on request, the pace, and the record of calls."""

import httpx2
import pytest
from telebot.async_telebot import AsyncTeleBot
from telebot.asyncio_helper import ApiTelegramException, RequestTimeout

from emulators.telegram.calls import Call as Made
from emulators.telegram.calls import counts, highest_pace
from emulators.telegram.clock import HandClock
from emulators.telegram.emulator import DEVELOPMENT_BOT, TelegramEmulator
from emulators.telegram.faults import Fault
from emulators.telegram.flood import FloodRule
from tests.emulators.telegram.conftest import ANNA, EMMA, Call


async def test_flood_on_request(bot: AsyncTeleBot, emulator: TelegramEmulator) -> None:
    emulator.world.faults.add(Fault("flood", chat_id=ANNA, seconds=7))
    with pytest.raises(ApiTelegramException) as refused:
        await bot.send_message(ANNA, "x")
    assert refused.value.result_json == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    await bot.send_message(ANNA, "x")


async def test_a_fault_meets_only_what_it_names(call: Call, emulator: TelegramEmulator) -> None:
    emulator.world.faults.add(Fault("error", method="sendmessage", chat_id=ANNA, times=2, status=500))
    assert (await call("sendMessage", chat_id=EMMA, text="x"))["ok"]
    assert (await call("sendChatAction", chat_id=ANNA, action="typing"))["ok"]
    answers = [await call("sendMessage", chat_id=ANNA, text="x") for _ in range(3)]
    assert [answer.get("description") for answer in answers] == ["Internal Server Error"] * 2 + [None]


async def test_a_fault_lasts_until_cleared(call: Call, http: httpx2.AsyncClient) -> None:
    await http.post("/emulator/faults", json={"kind": "error", "times": None})
    answers = [(await call("getMe"))["error_code"] for _ in range(3)]
    assert answers == [502, 502, 502]
    assert len((await http.get("/emulator/faults")).json()) == 1
    await http.delete("/emulator/faults")
    assert (await call("getMe"))["ok"]


@pytest.mark.parametrize("after_effect", [True, False])
async def test_a_cut_connection(bot: AsyncTeleBot, emulator: TelegramEmulator, after_effect: bool) -> None:
    before = len(emulator.people.chat(ANNA).messages)
    emulator.world.faults.add(Fault("drop", after_effect=after_effect))
    with pytest.raises(RequestTimeout):
        await bot.send_message(ANNA, "x")
    assert len(emulator.people.chat(ANNA).messages) - before == after_effect
    assert emulator.world.calls.of("sendMessage")[0].code == 0


async def test_silence_ends_with_a_cut(wire: httpx2.AsyncClient, emulator: TelegramEmulator, clock: HandClock) -> None:
    emulator.world.faults.add(Fault("hang", seconds=300))
    before = clock.now()
    with pytest.raises(httpx2.RemoteProtocolError):
        await wire.get(f"/bot{DEVELOPMENT_BOT}/getMe")
    assert clock.now() - before == 300


async def test_a_slow_answer_is_still_an_answer(call: Call, emulator: TelegramEmulator, clock: HandClock) -> None:
    emulator.world.faults.add(Fault("slow", seconds=3))
    before = clock.now()
    assert (await call("getMe"))["ok"]
    assert clock.now() - before == 3


async def test_one_message_a_second_in_a_chat(call: Call, clock: HandClock) -> None:
    burst = [(await call("sendMessage", chat_id=ANNA, text="x"))["ok"] for _ in range(5)]
    refused = await call("sendMessage", chat_id=ANNA, text="x")
    assert all(burst)
    assert refused["parameters"] == {"retry_after": 1}
    assert (await call("sendMessage", chat_id=EMMA, text="x"))["ok"]
    clock.advance(1)
    assert (await call("sendMessage", chat_id=ANNA, text="x"))["ok"]
    assert not (await call("sendMessage", chat_id=ANNA, text="x"))["ok"]


async def test_thirty_messages_a_second_overall(call: Call, emulator: TelegramEmulator) -> None:
    emulator.world.flood.rule = FloodRule(chat_rate=0)
    codes = [(await call("sendMessage", chat_id=ANNA, text="x")).get("error_code", 200) for _ in range(31)]
    assert codes == [200] * 30 + [429]


async def test_answers_and_actions_are_not_paced(call: Call, http: httpx2.AsyncClient) -> None:
    await http.put("/emulator/flood", json={"chat_rate": 0.001, "chat_burst": 1})
    assert all([(await call("sendChatAction", chat_id=ANNA, action="typing"))["ok"] for _ in range(10)])
    assert (await call("sendMessage", chat_id=ANNA, text="x"))["ok"]
    assert (await call("sendMessage", chat_id=ANNA, text="x"))["parameters"]["retry_after"] == 1000


async def test_calls_are_counted_with_time_and_outcome(call: Call, http: httpx2.AsyncClient, clock: HandClock) -> None:
    await call("sendMessage", chat_id=ANNA, text="x")
    clock.advance(2)
    await call("sendMessage", chat_id=ANNA, text="")
    await call("getMe")
    record = (await http.get("/emulator/calls", params={"chat_id": ANNA})).json()
    assert record["counts"] == {"sendMessage": 2}
    assert record["highest_pace"] == 1
    assert [one["code"] for one in record["calls"]] == [200, 400]
    assert record["calls"][1]["at"] - record["calls"][0]["at"] == 2
    await http.delete("/emulator/calls")
    assert (await http.get("/emulator/calls")).json()["calls"] == []


def test_highest_pace_looks_at_every_span() -> None:
    calls = [Made(at, "sendMessage", 1, {}) for at in (0.0, 0.6, 0.9, 1.2, 1.59, 3.0)]
    assert highest_pace(calls) == 4
    assert highest_pace([]) == 0
    assert counts(calls) == {"sendMessage": 6}
