"""HTTP of the optimiser."""

from dataclasses import dataclass

from langagent.core.errors import ErrorCode
from langagent.core.http.operation import Call, Operation
from langagent.core.http.schemas import NoBody, NoQuery
from langagent.study.optimisation.models import OptimiseAnswer
from langagent.study.optimisation.service import Optimisation


@dataclass(frozen=True, slots=True)
class OptimisationRoutes:
    optimisation: Optimisation

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "POST",
                "/api/profiles/{id:uuid}/optimise",
                self.start,
                "Fit the scheduler to the learner's own reviews",
                answer=OptimiseAnswer,
                status=202,
                errors=(ErrorCode.PROFILE_NOT_FOUND, ErrorCode.CONFLICT),
            ),
            Operation(
                "POST",
                "/api/profiles/{id:uuid}/reschedule",
                self.reschedule,
                "Date the cards anew by the fitted scheduler",
                answer=OptimiseAnswer,
                status=202,
                errors=(ErrorCode.PROFILE_NOT_FOUND, ErrorCode.CONFLICT),
            ),
        )

    async def start(self, call: Call[NoBody, NoQuery]) -> OptimiseAnswer:
        return OptimiseAnswer(job_id=await self.optimisation.start(call.principal.user_id, call.id()))

    async def reschedule(self, call: Call[NoBody, NoQuery]) -> OptimiseAnswer:
        return OptimiseAnswer(job_id=await self.optimisation.reschedule(call.principal.user_id, call.id()))
