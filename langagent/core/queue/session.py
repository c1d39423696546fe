"""A worker's one dedicated connection: wake-ups by NOTIFY, and locks that end with the process."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

import asyncpg

from langagent.core.queue import queries
from langagent.settings import Secret

DATABASE_ERRORS: Final = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)
TIMEOUT_S: Final = 5.0
PING_EVERY_S: Final = 30.0
PAUSES_S: Final = (0.1, 0.5, 1.0, 2.0, 5.0)

logger = logging.getLogger(__name__)


class Session:
    """Keeps the connection, makes it anew when PostgreSQL comes back, and wakes the listeners then, too."""

    def __init__(self, url: Secret, *, application_name: str) -> None:
        self._url = url
        self._application_name = application_name
        self._wakes: defaultdict[str, list[Callable[[], None]]] = defaultdict(list)
        self._locks: set[str] = set()
        self._connection: asyncpg.Connection[Any] | None = None
        self._ready = asyncio.Event()
        self._in_use = asyncio.Lock()
        self._failures = 0

    async def connected(self) -> None:
        """Returns when there is a connection."""
        await self._ready.wait()

    async def listen(self, channel: str, wake: Callable[[], None]) -> None:
        """``wake`` is called at every notification, and when some may have been missed."""
        async with self._in_use:
            self._wakes[channel].append(wake)
            if self._connection is not None:
                await self._connection.add_listener(channel, self._notified)

    async def lock(self, name: str) -> bool:
        """Whether this session holds the lock; takes it when it is free, and again after a lost connection."""
        if self._connection is None:
            return False
        if name not in self._locks:
            try:
                async with self._in_use:
                    locked = await queries.try_lock(self._connection, name)
            except DATABASE_ERRORS:
                return False
            if locked:
                self._locks.add(name)
        return name in self._locks

    async def run(self) -> None:
        """Works until it is cancelled."""
        while True:
            try:
                async with self._connected() as connection:
                    await self._serve(connection)
            except DATABASE_ERRORS as error:
                logger.warning("database session lost", extra={"event": "session_lost", "error": type(error).__name__})
            await asyncio.sleep(PAUSES_S[min(self._failures, len(PAUSES_S) - 1)])
            self._failures += 1

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator["asyncpg.Connection[Any]"]:
        connection = await asyncpg.connect(
            self._url.reveal(),
            timeout=TIMEOUT_S,
            command_timeout=TIMEOUT_S,
            server_settings={"application_name": self._application_name},
        )
        try:
            yield connection
        finally:
            self._connection = None
            self._ready.clear()
            connection.terminate()

    async def _serve(self, connection: "asyncpg.Connection[Any]") -> None:
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _connection: lost.set())
        async with self._in_use:
            for channel in self._wakes:
                await connection.add_listener(channel, self._notified)
            await self._take_locks_again(connection)
            self._connection, self._failures = connection, 0
            self._ready.set()
        for channel in self._wakes:
            self._wake(channel)
        while not lost.is_set():
            try:
                async with asyncio.timeout(PING_EVERY_S):
                    await lost.wait()
            except TimeoutError:
                async with self._in_use:
                    await queries.ping(connection)

    async def _take_locks_again(self, connection: "asyncpg.Connection[Any]") -> None:
        for name in tuple(self._locks):
            if not await queries.try_lock(connection, name):
                self._locks.discard(name)

    def _notified(self, _connection: object, _pid: int, channel: str, _payload: object) -> None:
        self._wake(channel)

    def _wake(self, channel: str) -> None:
        for wake in self._wakes[channel]:
            wake()
