"""Personal data, collected from the rooms that keep it: the export, and how much of each limit is used."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

from langagent.accounts.plans.models import Resource
from langagent.core.database import Connection

Reader = Callable[[Connection, UUID], AsyncIterator[Mapping[str, Any]]]
Counter = Callable[[Connection, UUID], Awaitable[int]]


class PersonalData:
    """Rooms register what they keep of a learner; nothing here knows the rooms.

    A reader is an async generator of JSON-able mappings, and must not load an unbounded list at once.
    """

    def __init__(self) -> None:
        self.sections: dict[str, Reader] = {}
        self._counters: dict[Resource, Counter] = {}

    def collect(self, section: str, reader: Reader) -> None:
        """Adds a list called ``section`` to the export; order of registration is order in the file."""
        self.sections[section] = reader

    def count_usage(self, resource: Resource, counter: Counter) -> None:
        self._counters[resource] = counter

    async def used(self, connection: Connection, user_id: UUID, resource: Resource) -> int:
        """How much of ``resource`` the learner uses; 0 while no room offers it."""
        counter = self._counters.get(resource)
        return await counter(connection, user_id) if counter else 0
