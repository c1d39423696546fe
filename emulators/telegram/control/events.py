"""What happens, as it happens: a stream of server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import StreamingResponse

from emulators.telegram.signals import Broadcast

_KEEP_ALIVE = 15.0


class EventStream:
    """Serves `/emulator/events`."""

    def __init__(self, events: Broadcast) -> None:
        self._events = events

    async def stream(self, _: Request) -> StreamingResponse:
        """Stream every event from now on."""
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(self._lines(), media_type="text/event-stream", headers=headers)

    async def _lines(self) -> AsyncIterator[str]:
        with self._events.listener() as queue:
            yield ": connected\n\n"
            while True:
                try:
                    event = await asyncio.wait_for(queue.get(), _KEEP_ALIVE)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if event is None:
                    return
                yield f"data: {json.dumps(event)}\n\n"
