"""Typed events: how a room speaks to the rooms above it, inside the same transaction."""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from langagent.core.database import Connection

Event = TypeVar("Event")
Handler = Callable[[Connection, Event], Awaitable[None]]


class Events:
    """Handlers by type of event, wired in `app.py`; one that raises rolls the transaction back."""

    def __init__(self) -> None:
        self._handlers: defaultdict[type, list[Handler[Any]]] = defaultdict(list)

    def subscribe(self, kind: type[Event], handler: Handler[Event]) -> None:
        self._handlers[kind].append(handler)

    async def publish(self, connection: Connection, event: object) -> None:
        for handler in self._handlers[type(event)]:
            await handler(connection, event)
