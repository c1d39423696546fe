"""The ticker: starts what is due, on the one worker that leads."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Final

from schedule import Scheduler

from langagent.core.queue.session import Session

LEADER: Final = "langagent:leader"
TICK_S: Final = 1.0
TASK_LIMIT_S: Final = 20.0

Task = Callable[[], Awaitable[None]]

logger = logging.getLogger(__name__)


class Ticker:
    """Runs tasks at intervals; they only enqueue or measure, so that each is short and may be repeated."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._scheduler = Scheduler()
        self._due: list[tuple[str, Task]] = []
        self._led = False

    def every(self, interval: timedelta, name: str, task: Task) -> None:
        """Every ``interval`` (whole seconds, at least one), and when this worker comes to lead."""
        self._scheduler.every(int(interval.total_seconds())).seconds.do(self._due.append, (name, task))

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await self.tick()
            with suppress(TimeoutError):
                async with asyncio.timeout(TICK_S):
                    await stop.wait()

    async def tick(self) -> None:
        """Runs what is due, if this worker leads. A task that fails is logged and does not disturb the others."""
        leads = await self._session.lock(LEADER)
        if leads and not self._led:
            self._scheduler.run_all()
        elif leads:
            self._scheduler.run_pending()
        self._led = leads
        while self._due:
            await self._guarded(*self._due.pop(0))

    async def _guarded(self, name: str, task: Task) -> None:
        try:
            async with asyncio.timeout(TASK_LIMIT_S):
                await task()
        except Exception as error:
            details = {"event": "tick_failed", "job": name, "error": type(error).__name__}
            logger.exception("scheduled task failed", extra=details)
