"""Faults, pace, calls and deliveries over HTTP."""

import asyncio
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from emulators.telegram.calls import counts, highest_pace
from emulators.telegram.control.respond import answering, body, shown_update
from emulators.telegram.faults import Fault
from emulators.telegram.flood import FloodRule
from emulators.telegram.people import ImpossibleError, People
from emulators.telegram.world import World


class TroubleControl:
    """Order troubles, and see what the bot did about them."""

    def __init__(self, world: World, people: People) -> None:
        self._world = world
        self._people = people

    def routes(self) -> list[Route]:
        """Return the routes under `/emulator`."""
        return [
            Route("/faults", answering(self.add_fault), methods=["POST"]),
            Route("/faults", answering(self.show_faults), methods=["GET"]),
            Route("/faults", answering(self.clear_faults), methods=["DELETE"]),
            Route("/flood", answering(self.set_flood), methods=["PUT"]),
            Route("/calls", answering(self.calls), methods=["GET"]),
            Route("/calls", answering(self.clear_calls), methods=["DELETE"]),
            Route("/updates", answering(self.add_update), methods=["POST"]),
            Route("/updates", answering(self.pending), methods=["GET"]),
            Route("/updates/{update_id:int}/redeliver", answering(self.redeliver), methods=["POST"]),
            Route("/queries/{query_id}", answering(self.query), methods=["GET"]),
        ]

    async def add_fault(self, request: Request) -> dict[str, Any]:
        """Order a fault; the fields are those of `Fault`."""
        fault = Fault(**await body(request))
        self._world.faults.add(fault)
        return asdict(fault)

    async def show_faults(self, _: Request) -> list[dict[str, Any]]:
        """List the faults in waiting."""
        return [asdict(fault) for fault in self._world.faults.waiting]

    async def clear_faults(self, _: Request) -> dict[str, Any]:
        """Drop all faults."""
        self._world.faults.clear()
        return {}

    async def set_flood(self, request: Request) -> dict[str, Any]:
        """Set the pace; the fields are those of `FloodRule`, 0 switches a limit off."""
        self._world.flood.rule = FloodRule(**await body(request))
        return asdict(self._world.flood.rule)

    async def calls(self, request: Request) -> dict[str, Any]:
        """Show the calls of `method` and `chat_id`, how often each was made, and the most within a second."""
        chat_id = request.query_params.get("chat_id")
        found = self._world.calls.of(request.query_params.get("method", ""), int(chat_id) if chat_id else None)
        return {
            "counts": counts(found),
            "highest_pace": highest_pace(found),
            "calls": [asdict(call) for call in found],
        }

    async def clear_calls(self, _: Request) -> dict[str, Any]:
        """Forget all calls."""
        self._world.calls.clear()
        return {}

    async def add_update(self, request: Request) -> dict[str, Any]:
        """Send any update: its `kind`, its `payload`, and the `chat_id` whose order it keeps."""
        given = await body(request)
        return shown_update(self._people.raw(given["kind"], given["payload"], given.get("chat_id")))

    async def pending(self, _: Request) -> list[dict[str, Any]]:
        """List the updates that the bot has not taken."""
        return [update.json() for update in self._world.updates.pending()]

    async def redeliver(self, request: Request) -> dict[str, Any]:
        """Send an update to the webhook again, `times` at once, and show each answer."""
        update = self._world.updates.made(request.path_params["update_id"])
        if update is None or self._world.delivery is None:
            raise ImpossibleError("there is no such update, or no webhook is set")
        times = int((await body(request)).get("times", 1))
        attempts = await asyncio.gather(*(self._world.delivery.send(update) for _ in range(times)))
        return {"answers": [asdict(attempt) for attempt in attempts]}

    async def query(self, request: Request) -> dict[str, Any]:
        """Show how the bot answered a pressed button or a checkout; None while it has not."""
        query = self._world.queries.get(request.path_params["query_id"])
        if query is None:
            raise ImpossibleError("there is no such query")
        return {"id": query.id, "answer": query.answer}
