"""Answers that never come: a silent or a cut connection."""

import asyncio
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from emulators.telegram.clock import Clock

_ABORT = "emulator.abort"


class CuttableProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which lets the application cut the connection."""

    def on_message_begin(self) -> None:
        """Hand the transport's abort to the application."""
        super().on_message_begin()
        self.scope["extensions"] = {_ABORT: {"call": self.transport.abort}}


class NoAnswer(Response):
    """Keeps silent for a while, or until the client gives up, and then cuts the connection."""

    def __init__(self, clock: Clock, seconds: float = 0) -> None:
        super().__init__()
        self._clock = clock
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, _send: Send) -> None:
        """Wait, cut, and return when the connection is gone."""
        gone = asyncio.create_task(_gone(receive))
        silence = asyncio.create_task(_silence(self._clock, self._seconds))
        await asyncio.wait((gone, silence), return_when=asyncio.FIRST_COMPLETED)
        silence.cancel()
        abort: Any = scope.get("extensions", {}).get(_ABORT)
        if abort is None:
            gone.cancel()
            raise ConnectionAbortedError("cut on request; only the emulator's own server can cut a connection")
        abort["call"]()
        await gone


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _silence(clock: Clock, seconds: float) -> None:
    await clock.sleep(seconds)
