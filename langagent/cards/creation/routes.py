"""Creation of cards over HTTP, whole or item by item."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from langagent.cards.creation.models import Bench, CardsCreated, NewCards, summary
from langagent.cards.creation.service import Creation
from langagent.core.errors import ErrorCode
from langagent.core.http.event_stream import DONE, Event, EventStream, wants_events
from langagent.core.http.operation import Call, Operation
from langagent.core.http.schemas import NoQuery


@dataclass(frozen=True, slots=True)
class CreationRoutes:
    creation: Creation

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "POST",
                "/api/cards",
                self.create,
                "Make cards of words or of complete content; words also as a stream of events `item` and `done`",
                body=NewCards,
                answer=CardsCreated,
                status=201,
                creates=True,
                errors=(
                    ErrorCode.TOO_MANY_WORDS,
                    ErrorCode.LIMIT_REACHED,
                    ErrorCode.FORBIDDEN,
                    ErrorCode.DECK_NOT_FOUND,
                    ErrorCode.PROFILE_NOT_FOUND,
                    ErrorCode.IDEMPOTENCY_CONFLICT,
                ),
            ),
        )

    async def create(self, call: Call[NewCards, NoQuery]) -> CardsCreated | EventStream:
        words, cards = call.body.words, call.body.cards
        self.creation.demand_few(call.principal, words or ())
        bench = await self.creation.prepare(call.principal, call.body.deck_id, call.body.context)
        if words and wants_events(call.request):
            return EventStream(self._events(bench, words), status_code=201)
        batch = await (self.creation.make(bench, words) if words else self.creation.write(bench, cards or ()))
        return summary([batch])

    async def _events(self, bench: Bench, words: Sequence[str]) -> AsyncIterator[Event]:
        batches = []
        async for batch in self.creation.stream(bench, words):
            batches.append(batch)
            for item in batch.items:
                yield Event("item", item)
        yield Event(DONE, summary(batches))
