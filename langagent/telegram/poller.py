"""Long polling, for development: the updates go the same way as those of the webhook."""

import asyncio
import logging
from contextlib import suppress
from typing import Any, Final

from langagent.core.queue.session import DATABASE_ERRORS
from langagent.telegram.api import BotApi, TelegramError
from langagent.telegram.intake.service import Inbox
from langagent.telegram.intake.updates import KINDS, sort_out

LONGEST_POLL_S: Final = 25
ANSWER_WITHIN_S: Final = LONGEST_POLL_S + 10.0
PAUSE_AFTER_ERROR_S: Final = 3.0

logger = logging.getLogger(__name__)


class Poller:
    """Asks Telegram for updates; only stored ones are confirmed, so that none is lost."""

    def __init__(self, api: BotApi, inbox: Inbox) -> None:
        self._api = api
        self._inbox = inbox
        self._offset = 0

    async def run(self, stop: asyncio.Event) -> None:
        stopping = asyncio.create_task(stop.wait())
        while not stop.is_set():
            turn = asyncio.create_task(self._turn(stop))
            await asyncio.wait([turn, stopping], return_when=asyncio.FIRST_COMPLETED)
            if not turn.done():
                turn.cancel()
                await asyncio.wait([turn])
        stopping.cancel()

    async def _turn(self, stop: asyncio.Event) -> None:
        try:
            for update in await self._ask():
                await self._store(update)
        except (TelegramError, *DATABASE_ERRORS) as error:
            logger.warning("polling failed", extra={"event": "polling_failed", "error": str(error)})
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), PAUSE_AFTER_ERROR_S)

    async def _ask(self) -> list[dict[str, Any]]:
        question = {"offset": self._offset, "timeout": LONGEST_POLL_S, "allowed_updates": KINDS}
        updates: list[dict[str, Any]] = await self._api.call("getUpdates", question, timeout_s=ANSWER_WITHIN_S)
        return updates

    async def _store(self, content: dict[str, Any]) -> None:
        update = sort_out(content)
        if update is not None:
            await self._inbox.add(update)
        self._offset = content["update_id"] + 1
