"""The emulator behind a real port."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn

from emulators.telegram.cut import CuttableProtocol
from emulators.telegram.emulator import TelegramEmulator

_GRACE = 2


class _Server(uvicorn.Server):
    """Leaves the signals to its host and ends the event streams before it waits for connections."""

    def __init__(self, emulator: TelegramEmulator) -> None:
        super().__init__(
            uvicorn.Config(
                emulator,
                http=CuttableProtocol,
                ws="none",
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=_GRACE,
            )
        )
        self._emulator = emulator

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._emulator.world.events.close()
        await super().shutdown(sockets)


@contextlib.asynccontextmanager
async def serve(emulator: TelegramEmulator, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve in the running loop and give the base address; port 0 takes a free one.

    Raises:
        OSError: the port is taken.
    """
    with socket.create_server((host, port)) as listening:
        server = _Server(emulator)
        running = asyncio.create_task(server.serve([listening]))
        try:
            yield f"http://{host}:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await running
