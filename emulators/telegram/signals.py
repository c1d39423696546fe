"""Waiting for a change, and telling listeners of events."""

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any

from emulators.telegram.clock import Clock

Event = dict[str, Any]


class Signal:
    """Wakes everyone who waits now; those who come later wait for the next time."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def notify(self) -> None:
        """Wake all who wait."""
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, clock: Clock, seconds: float | None) -> None:
        """Return at the next notification, or after so many seconds of the clock."""
        waiting: list[asyncio.Task[Any]] = [asyncio.create_task(self._event.wait())]
        if seconds is not None:
            waiting.append(asyncio.create_task(_sleep(clock, seconds)))
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()


async def _sleep(clock: Clock, seconds: float) -> None:
    await clock.sleep(seconds)


class Broadcast:
    """Hands every event to every listener, in order."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Event | None]] = set()

    def send(self, kind: str, chat_id: int | None = None, **data: Any) -> None:
        """Tell all listeners what happened, and in which chat."""
        for listener in self._listeners:
            listener.put_nowait({"kind": kind, "chat_id": chat_id, **data})

    def close(self) -> None:
        """End every listener's stream."""
        for listener in self._listeners:
            listener.put_nowait(None)

    @contextlib.contextmanager
    def listener(self) -> Iterator[asyncio.Queue[Event | None]]:
        """Give a queue of all events from now on; None ends it."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)
