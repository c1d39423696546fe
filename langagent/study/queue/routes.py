"""HTTP of the queue."""

from dataclasses import dataclass

from langagent.core.errors import ErrorCode
from langagent.core.http.operation import Call, Operation
from langagent.core.http.schemas import NoBody
from langagent.study.queue.models import NextAnswer, NextQuery
from langagent.study.queue.service import StudyQueue


@dataclass(frozen=True, slots=True)
class QueueRoutes:
    queue: StudyQueue

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "GET",
                "/api/cards/next",
                self.next,
                "The next card to study",
                query=NextQuery,
                answer=NextAnswer,
                errors=(ErrorCode.DECK_NOT_FOUND, ErrorCode.PROFILE_NOT_FOUND),
            ),
        )

    async def next(self, call: Call[NoBody, NextQuery]) -> NextAnswer:
        return await self.queue.next(call.principal, call.query.deck_id, call.query.mode)
