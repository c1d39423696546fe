"""Calls that are worth making once and at once: nobody misses them when they fail."""

import asyncio
import logging
from typing import Any

from langagent.telegram.api import BotApi, TelegramError
from langagent.telegram.pace import Pace, TooSoonError

logger = logging.getLogger(__name__)


class DirectCalls:
    """Chat actions and the answers to pressed buttons, beside the outbox and at the same pace."""

    def __init__(self, api: BotApi, pace: Pace) -> None:
        self._api = api
        self._pace = pace
        self._under_way: set[asyncio.Task[None]] = set()

    def start(self, method: str, payload: dict[str, Any]) -> None:
        """Makes the call without keeping anybody waiting."""
        task = asyncio.create_task(self._call(method, payload))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def finish(self) -> None:
        """Returns when nothing is under way."""
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def _call(self, method: str, payload: dict[str, Any]) -> None:
        try:
            await self._pace.turn()
            await self._api.call(method, payload)
        except (TelegramError, TooSoonError) as error:
            logger.info("direct call failed", extra={"event": "direct_call_failed", "error": str(error)})
