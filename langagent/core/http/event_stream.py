"""Server-sent events: an answer that arrives piece by piece, and ends with the whole."""

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import StreamingResponse

from langagent.core.http.responses import as_json

DONE: Final = "done"
MEDIA_TYPE: Final = "text/event-stream"


@dataclass(frozen=True, slots=True)
class Event:
    """One event; the last one is called `done` and holds the whole result."""

    name: str
    data: BaseModel | bytes


class EventStream(StreamingResponse):
    """A stream of events; ``on_done`` gets the data of the last one before it is sent."""

    def __init__(self, events: AsyncIterable[Event], status_code: int = 200) -> None:
        self.on_done: Callable[[bytes], Awaitable[None]] | None = None
        headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        super().__init__(self._encoded(events), status_code, headers, MEDIA_TYPE)

    async def _encoded(self, events: AsyncIterable[Event]) -> AsyncIterator[bytes]:
        async for event in events:
            data = as_json(event.data)
            if event.name == DONE and self.on_done is not None:
                await self.on_done(data)
            yield b"event: %s\ndata: %s\n\n" % (event.name.encode(), data)


def wants_events(request: Request) -> bool:
    return MEDIA_TYPE in request.headers.get("accept", "")
