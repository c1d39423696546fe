"""The bot as people meet it: a local Telegram, the product's webhook, a worker; all in one process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from emulators.telegram.emulator import TelegramEmulator
from emulators.telegram.models import Person, Query
from emulators.telegram.server import listen
from emulators.telegram.updates import Update
from langagent.app import create_app
from langagent.core.chat.registry import Registry
from langagent.core.clock import Clock
from langagent.core.floor import Floor, lay_floor
from langagent.core.queue.models import Policy
from langagent.core.queue.session import Session
from langagent.rooms import open_rooms
from langagent.settings import Settings
from langagent.telegram.bot import Bot
from tests.langagent.core.queue.probe import eventually

Handlers = Callable[[Floor], Registry]

SECRET = "test-webhook-secret"
ANNA = Person(100200300, "Анна", "Смирнова", "anna", "ru")
EMMA = Person(100200301, "Emma", "", "emma", "en")

# Not now(): that is older than the statement's snapshot, which may hold an answer that was stored in between.
_OPEN = """
select (select count(*) from tg_inbox where done_at is null)
     + (select count(*) from outbox where done_at is null and not_before <= clock_timestamp())
"""


@dataclass(frozen=True, slots=True)
class Talk:
    """What people do and see; `quiet` waits until the bot has nothing left to do."""

    emulator: TelegramEmulator
    bot: Bot
    count_open: Callable[[], Any]

    async def say(self, person: Person, text: str) -> Update:
        update = self.emulator.people.say(person.id, text)
        assert update is not None
        await self.quiet()
        return update

    async def press(self, person: Person, label: str) -> Query:
        """Presses the newest button with this label or callback data."""
        for message in reversed(self.messages(person)):
            for button in (button for row in _rows(message) for button in row):
                if label in (button["text"], button.get("callback_data")):
                    query, _ = self.emulator.people.press(person.id, message["message_id"], button["callback_data"])
                    await self.quiet()
                    return query
        raise AssertionError(f"no message has a button {label!r}")

    def messages(self, person: Person) -> list[dict[str, Any]]:
        """What the bot has written to the person, as it stands now."""
        chat = self.emulator.people.chat(person.id)
        return [message.json() for message in chat.messages.values() if message.sender["is_bot"]]

    def texts(self, person: Person) -> list[str]:
        return [message["text"] for message in self.messages(person)]

    def calls(self, method: str, person: Person | None = None) -> int:
        return len(self.emulator.world.calls.of(method, person.id if person else None))

    async def quiet(self) -> None:
        """Everything that arrived is handled, everything that is due is sent, every press is answered."""

        async def is_quiet() -> bool:
            return not self.emulator.world.updates.pending() and not await self.count_open()

        await eventually(is_quiet)
        await self.bot.answered()


def _rows(message: dict[str, Any]) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


@asynccontextmanager
async def working(
    settings: Settings, clock: Clock, handlers: Handlers | None = None, *, name: str = "ann"
) -> AsyncIterator[Bot]:
    """A worker's bot with the product's handlers, or with ``handlers``; it tries again without pauses."""
    floor = lay_floor(settings, clock, name="test-worker")
    await floor.connect()
    rooms = open_rooms(floor)
    bot = Bot(
        floor,
        rooms.correspondents,
        handlers(floor) if handlers else rooms.registry,
        name,
        intake=Policy(retries=(timedelta(0),) * 4),
        sending=Policy(retries=(timedelta(0),) * 7),
    )
    session = Session(settings.database_url, application_name="test-worker-session")
    stop = asyncio.Event()
    for channel, wake in bot.wakes.items():
        await session.listen(channel, wake)
    keeping = asyncio.create_task(session.run())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(bot.run(stop))
            try:
                yield bot
            finally:
                stop.set()
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])
        await floor.disconnect()


@asynccontextmanager
async def talking(
    emulator: TelegramEmulator, settings: Settings, clock: Clock, handlers: Handlers | None = None
) -> AsyncIterator[Talk]:
    """The whole way: emulator → webhook → inbox → handlers → outbox → emulator."""
    async with AsyncExitStack() as stack:
        floor = lay_floor(settings, clock, name="test-eyes")
        await floor.connect()
        stack.push_async_callback(floor.disconnect)

        async def count_open() -> int:
            async with floor.database.connection() as connection:
                count: int = await connection.fetchval(_OPEN)
                return count

        app = await stack.enter_async_context(listen(create_app(settings, clock)))
        bot = await stack.enter_async_context(working(settings, clock, handlers))
        emulator.world.webhook.url = f"{app}/api/webhook"
        emulator.world.webhook.secret_token = SECRET
        await emulator.world.start_delivery()
        stack.push_async_callback(emulator.world.stop_delivery)
        yield Talk(emulator, bot, count_open)
