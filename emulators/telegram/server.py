"""Applications behind a real port, inside the running loop."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager

import uvicorn
from starlette.types import ASGIApp

from emulators.telegram.cut import CuttableProtocol
from emulators.telegram.emulator import TelegramEmulator

_GRACE = 2


class _Server(uvicorn.Server):
    """Leaves the signals to its host, and calls `closing` before it waits for open connections."""

    def __init__(self, config: uvicorn.Config, closing: Callable[[], None]) -> None:
        super().__init__(config)
        self._closing = closing

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._closing()
        await super().shutdown(sockets)


@contextlib.asynccontextmanager
async def listen(
    app: ASGIApp, host: str = "127.0.0.1", port: int = 0, *, closing: Callable[[], None] = lambda: None
) -> AsyncIterator[str]:
    """Serve an application and give its base address; port 0 takes a free one.

    Raises:
        OSError: the port is taken.
    """
    config = uvicorn.Config(
        app, http=CuttableProtocol, ws="none", log_level="warning", access_log=False, timeout_graceful_shutdown=_GRACE
    )
    with _listening(host, port) as listening:
        server = _Server(config, closing)
        running = asyncio.create_task(server.serve([listening]))
        try:
            yield f"http://{host}:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await running


def _listening(host: str, port: int) -> socket.socket:
    """Open the port; asyncio sends small answers without delay only on a socket that names its protocol."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


def serve(emulator: TelegramEmulator, host: str = "127.0.0.1", port: int = 0) -> AbstractAsyncContextManager[str]:
    """Serve an emulator; open polls and event streams end first when it stops."""
    return listen(emulator, host, port, closing=emulator.world.close_streams)
