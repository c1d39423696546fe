"""Time, handed in: as it is, or moved by hand."""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Seconds since 1970, and a way to wait."""

    def now(self) -> float:
        """Return the time in seconds since 1970."""

    async def sleep(self, seconds: float) -> None:
        """Wait so many seconds of this clock."""


class SystemClock:
    """The machine's time; a speed above 1 lets it pass faster from its creation on."""

    def __init__(self, speed: float = 1.0) -> None:
        self._speed = speed
        self._epoch = time.time()
        self._started = time.monotonic()

    def now(self) -> float:
        """Return the time in seconds since 1970."""
        return self._epoch + (time.monotonic() - self._started) * self._speed

    async def sleep(self, seconds: float) -> None:
        """Wait so many seconds of this clock."""
        await asyncio.sleep(seconds / self._speed)


class HandClock:
    """Time that stands still until it is moved; who sleeps moves it and goes on at once."""

    def __init__(self, start: float = 1_767_225_600.0) -> None:
        self._now = start

    def now(self) -> float:
        """Return the time in seconds since 1970."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Move the time forward."""
        self._now += seconds

    async def sleep(self, seconds: float) -> None:
        """Move the time forward and let others run."""
        self._now += max(0.0, seconds)
        await asyncio.sleep(0)
