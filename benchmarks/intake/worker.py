"""The product's worker with the benchmark's one handler, as a process: the same dispatcher, queue and sender."""

import asyncio
import os
import signal
from collections.abc import Callable

import uvloop

from langagent.core import logging
from langagent.core.chat.context import Chat
from langagent.core.chat.registry import TEXT, Registry
from langagent.core.clock import system_clock
from langagent.core.database import Database
from langagent.core.floor import lay_floor
from langagent.core.garbage import keep_what_is_there
from langagent.core.priority import step_back
from langagent.core.queue.session import Session
from langagent.rooms import open_rooms
from langagent.settings import Settings
from langagent.telegram.bot import Bot


class Counting:
    """Reads and writes the state of the dialogue, one row by SELECT and by UPDATE, and answers."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.registry = Registry()
        self.registry.content(TEXT, self.answer)
        self.registry.state("talking", self.answer)

    async def answer(self, chat: Chat) -> None:
        turn = 0 if (state := await chat.dialogue.read()) is None else state.data["turn"]
        chat.dialogue.enter("talking", turn=turn + 1)
        person = chat.incoming.chat_id
        async with self._database.unit_of_work() as connection:
            before = await connection.fetchval("select messages from bench where person = $1", person)
            await connection.execute("update bench set messages = messages + 1 where person = $1", person)
        chat.reply(str(before + 1))


async def work(settings: Settings, handlers: Callable[[Database], Registry]) -> None:
    """Runs until SIGTERM; the name comes from WORKER_NAME."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    floor = lay_floor(settings, system_clock, name="benchmark-worker")
    await floor.connect()
    correspondents = open_rooms(floor).correspondents
    bot = Bot(floor, correspondents, handlers(floor.database), os.environ.get("WORKER_NAME", "worker"))
    session = Session(settings.database_url, application_name="benchmark-worker-session")
    for channel, wake in bot.wakes.items():
        await session.listen(channel, wake)
    keeping = asyncio.create_task(session.run())
    await bot.run(stop)
    keeping.cancel()
    await floor.disconnect()


if __name__ == "__main__":
    step_back()
    keep_what_is_there()
    logging.configure("WARNING")
    uvloop.run(work(Settings.from_environ(os.environ), lambda database: Counting(database).registry))
