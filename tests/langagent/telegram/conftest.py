"""A local Telegram, and the product set up to talk to it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from emulators.telegram.emulator import TelegramEmulator
from emulators.telegram.flood import FloodRule
from emulators.telegram.server import serve
from langagent.settings import Secret, Settings
from tests.langagent.telegram.talk import ANNA, EMMA, SECRET

BOT_TOKEN = "123456:TEST-TOKEN"
UNLIMITED = FloodRule(overall_rate=0, chat_rate=0)


@pytest.fixture
async def emulator() -> TelegramEmulator:
    """A Telegram with two people, and without limits of pace."""
    emulator = TelegramEmulator(BOT_TOKEN, flood=UNLIMITED)
    for person in (ANNA, EMMA):
        emulator.people.add(person)
    return emulator


@pytest.fixture
async def api_url(emulator: TelegramEmulator) -> AsyncIterator[str]:
    async with serve(emulator) as url:
        yield url


@pytest.fixture
def settings(settings: Settings, api_url: str) -> Settings:
    return replace(
        settings,
        telegram_api_url=api_url,
        telegram_webhook_secret=Secret(SECRET),
        telegram_messages_per_second=10_000,
        telegram_chat_messages_per_second=10_000,
    )
