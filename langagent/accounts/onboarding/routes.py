"""HTTP: the draft of a first profile."""

from dataclasses import dataclass

from langagent.accounts.onboarding.models import Draft, DraftAnswer
from langagent.accounts.onboarding.service import Drafts
from langagent.core.errors import ErrorCode
from langagent.core.http.operation import Call, Operation
from langagent.core.http.schemas import NoBody, NoQuery


@dataclass(frozen=True, slots=True)
class OnboardingRoutes:
    drafts: Drafts

    def operations(self) -> tuple[Operation, ...]:
        path = "/api/onboarding/draft"
        return (
            Operation("GET", path, self.read, "What was chosen so far", answer=DraftAnswer),
            Operation(
                "PUT", path, self.replace, "Remember what was chosen",
                body=Draft, answer=DraftAnswer, errors=(ErrorCode.INVALID_FIELD_VALUE, ErrorCode.INVALID_LEVEL),
            ),
        )  # fmt: skip

    async def read(self, call: Call[NoBody, NoQuery]) -> DraftAnswer:
        return await self.drafts.read(call.principal.user_id)

    async def replace(self, call: Call[Draft, NoQuery]) -> DraftAnswer:
        return await self.drafts.replace(call.principal.user_id, call.body)
