"""The bot, built whole, as a worker runs it."""

import asyncio
from datetime import timedelta
from typing import Final

from langagent.accounts.correspondents.service import Correspondents
from langagent.core.chat.memory import Memory
from langagent.core.chat.registry import Registry
from langagent.core.database import Connection
from langagent.core.floor import Floor
from langagent.core.queue.consumer import Consumer
from langagent.core.queue.models import DEFAULT_POLICY, Policy
from langagent.notifications.outbox.models import TABLE as OUTBOX
from langagent.telegram.api import BotApi
from langagent.telegram.direct import DirectCalls
from langagent.telegram.dispatch.dispatcher import Dispatcher
from langagent.telegram.intake import queries
from langagent.telegram.intake.service import TABLE as INBOX
from langagent.telegram.intake.service import Inbox
from langagent.telegram.menus import Menus
from langagent.telegram.pace import Pace
from langagent.telegram.poller import Poller
from langagent.telegram.sender.rules import SENDING
from langagent.telegram.sender.service import Sender

CHATS_AT_ONCE: Final = 32
SENDS_AT_ONCE: Final = 32
INBOX_LIFE: Final = timedelta(days=7)


class Bot:
    """The consumers of inbox and outbox, the poller when it is switched on, the menus.

    Args:
        worker: the name of the worker, unlike that of any other living one.
        intake, sending: how updates and messages are tried again.
    """

    def __init__(
        self,
        floor: Floor,
        correspondents: Correspondents,
        registry: Registry,
        worker: str,
        *,
        intake: Policy = DEFAULT_POLICY,
        sending: Policy = SENDING,
    ) -> None:
        settings, database = floor.settings, floor.database
        self._api = BotApi(settings.telegram_api_url, settings.telegram_bot_token)
        pace = Pace(
            floor.cache,
            per_second=settings.telegram_messages_per_second,
            per_chat=settings.telegram_chat_messages_per_second,
        )
        self._direct = DirectCalls(self._api, pace)
        self._menus = Menus(self._api, registry, settings.app_url)
        self._poller = Poller(self._api, Inbox(database)) if settings.telegram_polling else None
        sender = Sender(database, correspondents, self._api, pace)
        self.outbox = Consumer(
            database,
            OUTBOX,
            sender.handle,
            worker=worker,
            concurrency=SENDS_AT_ONCE,
            policy=sending,
            buried=sender.buried,
        )
        dispatcher = Dispatcher(database, correspondents, registry, Memory(floor.cache), self._direct, self.outbox.wake)
        self.inbox = Consumer(
            database,
            INBOX,
            dispatcher.handle,
            worker=worker,
            concurrency=CHATS_AT_ONCE,
            policy=intake,
            buried=dispatcher.buried,
        )
        self.wakes = {INBOX.channel: self.inbox.wake, OUTBOX.channel: self.outbox.wake}

    async def answered(self) -> None:
        """Returns when no direct call is under way."""
        await self._direct.finish()

    async def run(self, stop: asyncio.Event) -> None:
        """Works until ``stop`` is set, and then until what is in hand is done."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._menus.update())
                group.create_task(self.inbox.run(stop))
                group.create_task(self.outbox.run(stop))
                if self._poller is not None:
                    group.create_task(self._poller.run(stop))
            await self.answered()
        finally:
            await self._api.close()


async def purge_inbox(connection: Connection) -> None:
    await queries.purge(connection, life=INBOX_LIFE)
