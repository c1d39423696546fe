"""HTTP of schedules."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from langagent.cards.models import CardAnswer
from langagent.core.errors import ErrorCode
from langagent.core.http.operation import Call, Operation
from langagent.core.http.schemas import NoBody, NoQuery
from langagent.study.schedules.service import Schedules

Change = Callable[[UUID, UUID], Awaitable[CardAnswer]]


@dataclass(frozen=True, slots=True)
class ScheduleRoutes:
    schedules: Schedules

    def operations(self) -> tuple[Operation, ...]:
        return (
            _change("suspend", self.schedules.suspend, "Put a card aside"),
            _change("resume", self.schedules.resume, "Take a card up again"),
            _change("reset", self.schedules.reset, "Start a card over as new"),
        )


def _change(verb: str, change: Change, summary: str) -> Operation:
    async def handle(call: Call[NoBody, NoQuery]) -> CardAnswer:
        return await change(call.principal.user_id, call.id())

    return Operation(
        "POST",
        f"/api/cards/{{id:uuid}}/{verb}",
        handle,
        summary,
        answer=CardAnswer,
        errors=(ErrorCode.CARD_NOT_FOUND,),
    )
