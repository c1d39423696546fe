"""Without a webhook the worker asks for updates itself, and they go the same way."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from emulators.telegram.emulator import TelegramEmulator
from emulators.telegram.faults import Fault
from langagent.core.chat.context import Chat
from langagent.core.chat.registry import Registry
from langagent.settings import Settings
from tests.langagent.conftest import FrozenClock
from tests.langagent.core.queue.probe import eventually
from tests.langagent.telegram.talk import ANNA, working


def echo() -> Registry:
    async def text(chat: Chat) -> None:
        chat.reply(chat.text)

    registry = Registry()
    registry.content("text", text)
    return registry


@pytest.fixture
async def polling(settings: Settings, clock: FrozenClock) -> AsyncIterator[None]:
    async with working(replace(settings, telegram_polling=True), clock, lambda _floor: echo()):
        yield


async def answered(emulator: TelegramEmulator, *texts: str) -> None:
    async def is_answered() -> bool:
        messages = emulator.people.chat(ANNA.id).messages.values()
        return tuple(each.content["text"] for each in messages if each.sender["is_bot"]) == texts

    await eventually(is_answered)


@pytest.mark.usefixtures("polling")
async def test_updates_are_polled_stored_and_confirmed(emulator: TelegramEmulator) -> None:
    emulator.people.raw("message", {"chat": {"id": -1, "type": "group"}, "text": "not ours"})
    emulator.people.say(ANNA.id, "hola")
    await answered(emulator, "hola")
    emulator.people.say(ANNA.id, "adiós")
    await answered(emulator, "hola", "adiós")
    assert not emulator.world.updates.pending()


async def test_a_failed_poll_is_tried_again(
    emulator: TelegramEmulator, settings: Settings, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("langagent.telegram.poller.PAUSE_AFTER_ERROR_S", 0.01)
    emulator.world.faults.add(Fault("error", "getUpdates", times=2))
    emulator.people.say(ANNA.id, "hola")
    async with working(replace(settings, telegram_polling=True), clock, lambda _floor: echo()):
        await answered(emulator, "hola")
