"""One connection to Redis for all tasks of a process: commands leave as they come, answers arrive in that order."""

import asyncio
import ssl
from collections import deque
from dataclasses import dataclass
from typing import Any, Final, Self, cast
from urllib.parse import parse_qs, unquote, urlsplit

import hiredis

TIMEOUT_S: Final = 0.5
_DEFAULT_PORT: Final = 6379

Argument = str | bytes | int | float


class RedisReplyError(Exception):
    """Redis understood nothing, or has no room or no right for it."""


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """Where Redis is and how to come in.

    Attributes:
        path: of its unix socket; empty when it listens at ``host``.
        login: arguments of AUTH.
    """

    path: str
    host: str
    port: int
    is_tls: bool
    login: tuple[str, ...]
    database: int

    @classmethod
    def parse(cls, url: str) -> Self:
        """`redis://[[user]:password@]host[:port][/database]`, `rediss://` with TLS, `unix://…/socket[?db=…]`.

        Raises: ValueError for any other form; its text does not repeat the URL.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("redis", "rediss", "unix"):
            raise ValueError("the URL of Redis begins with redis://, rediss:// or unix://")
        is_socket = parts.scheme == "unix"
        database = parse_qs(parts.query).get("db", ["0"])[0] if is_socket else parts.path.strip("/") or "0"
        return cls(
            path=unquote(parts.path) if is_socket else "",
            host=parts.hostname or "localhost",
            port=parts.port or _DEFAULT_PORT,
            is_tls=parts.scheme == "rediss",
            login=tuple(unquote(part) for part in (parts.username, parts.password) if part),
            database=int(database),
        )


class RedisConnection(asyncio.Protocol):
    """``ask`` may be called by many tasks at once.

    A server that owes answers and is silent for `TIMEOUT_S` loses the connection; whoever waits gets ConnectionError.
    """

    def __init__(self) -> None:
        self._reader = hiredis.Reader(replyError=RedisReplyError)
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[asyncio.Future[Any]] = deque()
        self._patience: asyncio.TimerHandle | None = None
        self._transport: asyncio.Transport

    @classmethod
    async def open(cls, address: RedisAddress) -> Self:
        """Raises: OSError, TimeoutError, RedisReplyError (wrong password or database)."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(TIMEOUT_S):
            if address.path:
                _, connection = await loop.create_unix_connection(cls, address.path)
            else:
                context = ssl.create_default_context() if address.is_tls else None
                _, connection = await loop.create_connection(cls, address.host, address.port, ssl=context)
        try:
            if address.login:
                await connection.ask("AUTH", *address.login)
            if address.database:
                await connection.ask("SELECT", address.database)
        except BaseException:
            connection.close()
            raise
        return connection

    @property
    def is_closed(self) -> bool:
        return self._transport.is_closing()

    def ask(self, *command: Argument) -> asyncio.Future[Any]:
        """The answer to come: bytes, int, list or None; RedisReplyError or ConnectionError."""
        answer: asyncio.Future[Any] = self._loop.create_future()
        self._transport.write(hiredis.pack_command(command))  # type: ignore[arg-type]  # its stub knows tuples of one
        self._waiting.append(answer)
        if self._patience is None:
            self._be_patient()
        return answer

    def close(self) -> None:
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        while (answer := self._reader.gets()) is not False:
            _settle(self._waiting.popleft(), answer)
        self._rest()
        if self._waiting:
            self._be_patient()

    def connection_lost(self, error: Exception | None) -> None:
        self._rest()
        while self._waiting:
            _settle(self._waiting.popleft(), ConnectionError(f"the connection to Redis ended: {error}"))

    def _be_patient(self) -> None:
        self._patience = self._loop.call_later(TIMEOUT_S, self._transport.abort)

    def _rest(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None


def _settle(waiting: "asyncio.Future[Any]", answer: Any) -> None:
    """A caller that was cancelled meanwhile has no use for it."""
    if waiting.done():
        return
    if isinstance(answer, Exception):
        waiting.set_exception(answer)
    else:
        waiting.set_result(answer)
