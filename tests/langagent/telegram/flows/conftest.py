"""The product's own handlers, talked to from outside."""

from collections.abc import AsyncIterator

import pytest

from emulators.telegram.emulator import TelegramEmulator
from emulators.telegram.models import Person
from langagent.settings import Settings
from tests.langagent.conftest import FrozenClock
from tests.langagent.telegram.talk import ANNA, EMMA, Talk, talking


@pytest.fixture
async def talk(emulator: TelegramEmulator, settings: Settings, clock: FrozenClock) -> AsyncIterator[Talk]:
    async with talking(emulator, settings, clock) as talk:
        yield talk


async def set_up(talk: Talk, person: Person, *, starter: bool = True) -> None:
    """The shortest way to a profile for Spanish, A1."""
    await talk.say(person, "/start")
    for button in ("onb:start", "onb:language:es", "onb:level:A1", "onb:starter", f"onb:starter:{int(starter)}"):
        await talk.press(person, button)


@pytest.fixture
async def anna(talk: Talk) -> Person:
    """A Russian speaker with the starter deck."""
    await set_up(talk, ANNA)
    return ANNA


@pytest.fixture
async def emma(talk: Talk) -> Person:
    """An English speaker without any card."""
    await set_up(talk, EMMA, starter=False)
    return EMMA


def labels(talk: Talk, person: Person, position: int = -1) -> list[str]:
    """The buttons of one of the bot's messages, the newest by default."""
    keyboard = talk.messages(person)[position].get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in keyboard for button in row]


def newest_data(talk: Talk, person: Person, verb: str) -> str:
    """The callback data of the newest button with this verb."""
    for message in reversed(talk.messages(person)):
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if button.get("callback_data", "").split(":")[0] == verb:
                    return str(button["callback_data"])
    raise AssertionError(f"no message has a button {verb}")
