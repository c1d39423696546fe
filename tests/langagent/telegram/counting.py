"""Handlers with an effect in the database that can be counted, and accidents on order."""

import asyncio
from collections import Counter

from langagent.core.chat.context import Chat
from langagent.core.chat.models import Outgoing
from langagent.core.chat.registry import Registry
from langagent.core.database import Database

COUNT = "update users set session_card_count = session_card_count + 1 where id = $1 returning session_card_count"
FIRST = 10


class Counting:
    """/count counts in the account (from 10 on) and says the number."""

    def __init__(self, database: Database) -> None:
        self.tries: Counter[str] = Counter()
        self.released = asyncio.Event()
        self.registry = Registry()
        self.registry.command("count", self.count)
        self.registry.command("poison", self.poison)
        self.registry.command("stuck", self.get_stuck)
        self.registry.command("ask", self.ask)
        self.registry.state("answer", self.stumble)
        self._database = database

    async def count(self, chat: Chat) -> None:
        async with self._database.unit_of_work() as connection:
            chat.reply(f"{await connection.fetchval(COUNT, chat.user_id)} {chat.argument}".strip())

    async def poison(self, chat: Chat) -> None:
        await self.count(chat)
        self.tries["poison"] += 1
        raise RuntimeError("this update cannot be handled")

    async def get_stuck(self, chat: Chat) -> None:
        await self.released.wait()
        await self.poison(chat)

    async def ask(self, chat: Chat) -> None:
        chat.dialogue.enter("answer")
        chat.reply("?")

    async def stumble(self, chat: Chat) -> None:
        """The first try fails after the state was left, by a message that the outbox refuses."""
        self.tries["stumble"] += 1
        await self.count(chat)
        chat.dialogue.leave()
        if self.tries["stumble"] == 1:
            chat.outgoing.append(Outgoing("a method whose name is longer than the column", {}))
