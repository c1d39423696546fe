"""HTTP of sessions."""

from dataclasses import dataclass

from langagent.core.errors import ErrorCode
from langagent.core.http.operation import Call, Operation
from langagent.core.http.schemas import NoBody, NoQuery
from langagent.study.sessions.models import SessionAnswer, SessionBody, SummaryAnswer
from langagent.study.sessions.service import Sessions


@dataclass(frozen=True, slots=True)
class SessionRoutes:
    sessions: Sessions

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "POST",
                "/api/cards/sessions",
                self.start,
                "Start a study session",
                body=SessionBody,
                answer=SessionAnswer,
                status=201,
                creates=True,
                errors=(ErrorCode.DECK_NOT_FOUND, ErrorCode.PROFILE_NOT_FOUND),
            ),
            Operation(
                "GET",
                "/api/cards/sessions/{id:uuid}/summary",
                self.summary,
                "What a session came to",
                answer=SummaryAnswer,
                errors=(ErrorCode.PROFILE_NOT_FOUND,),
            ),
        )

    async def start(self, call: Call[SessionBody, NoQuery]) -> SessionAnswer:
        return await self.sessions.start(call.principal, call.body)

    async def summary(self, call: Call[NoBody, NoQuery]) -> SummaryAnswer:
        return await self.sessions.summary(call.principal, call.id())
