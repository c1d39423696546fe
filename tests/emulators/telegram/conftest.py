"""An emulator on a free port, a person who started the bot, and the bot's two kinds of client."""

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import httpx2
import pytest
from telebot import asyncio_helper
from telebot.async_telebot import AsyncTeleBot

from emulators.telegram.clock import Clock, HandClock
from emulators.telegram.emulator import DEVELOPMENT_BOT, TelegramEmulator
from emulators.telegram.models import Person
from emulators.telegram.server import serve

ANNA = 100200300
EMMA = 100200301
STRANGER = 100200302

Call = Callable[..., Coroutine[Any, Any, dict[str, Any]]]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def emulator(clock: Clock) -> TelegramEmulator:
    """Anna and Emma have started the bot, the stranger has not; nothing waits."""
    emulator = TelegramEmulator(clock=clock)
    for person in (Person(ANNA, "Анна", language_code="ru"), Person(EMMA, "Emma"), Person(STRANGER, "Stranger")):
        emulator.people.add(person)
    emulator.people.start(ANNA)
    emulator.people.start(EMMA)
    emulator.world.updates.forget_all()
    return emulator


@pytest.fixture
async def url(emulator: TelegramEmulator) -> AsyncIterator[str]:
    async with serve(emulator) as url:
        yield url


@pytest.fixture
async def http(emulator: TelegramEmulator) -> AsyncIterator[httpx2.AsyncClient]:
    """A client without a wire in between, quicker than the real server."""
    transport = httpx2.ASGITransport(emulator)
    async with httpx2.AsyncClient(transport=transport, base_url="http://telegram") as client:
        yield client
    await emulator.world.stop_delivery()


@pytest.fixture
async def wire(url: str) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the real server, whose connections can be cut."""
    async with httpx2.AsyncClient(base_url=url, trust_env=False) as client:
        yield client


@pytest.fixture
def call(http: httpx2.AsyncClient) -> Call:
    """Calls a method of the bot and returns the whole answer."""

    async def call(method: str, **params: Any) -> dict[str, Any]:
        answer = await http.post(f"/bot{DEVELOPMENT_BOT}/{method}", json=params)
        body: dict[str, Any] = answer.json()
        assert answer.status_code == (200 if body["ok"] else body["error_code"])
        return body

    return call


@pytest.fixture
async def bot(url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[AsyncTeleBot]:
    monkeypatch.setattr(asyncio_helper, "API_URL", url + "/bot{0}/{1}")
    monkeypatch.setattr(asyncio_helper, "FILE_URL", url + "/file/bot{0}/{1}")
    bot = AsyncTeleBot(DEVELOPMENT_BOT)
    yield bot
    await asyncio_helper.session_manager.session.close()
