"""HTTP of ratings."""

from dataclasses import dataclass

from langagent.core.errors import ErrorCode
from langagent.core.http.operation import Call, Operation
from langagent.core.http.schemas import NoQuery
from langagent.study.ratings.models import BatchAnswer, BatchBody, RatedAnswer, RatingBody, UndoBody, UndoneAnswer
from langagent.study.ratings.service import Ratings


@dataclass(frozen=True, slots=True)
class RatingRoutes:
    ratings: Ratings

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "POST",
                "/api/cards/rate",
                self.rate,
                "Rate a card and get the next one",
                body=RatingBody,
                answer=RatedAnswer,
                errors=(ErrorCode.CARD_NOT_FOUND, ErrorCode.DECK_NOT_FOUND, ErrorCode.CONFLICT),
            ),
            Operation(
                "POST",
                "/api/cards/rate/batch",
                self.batch,
                "Send ratings that were made offline",
                body=BatchBody,
                answer=BatchAnswer,
            ),
            Operation(
                "POST",
                "/api/cards/rate/undo",
                self.undo,
                "Take the newest rating back",
                body=UndoBody,
                answer=UndoneAnswer,
                errors=(ErrorCode.NOTHING_TO_UNDO, ErrorCode.DECK_NOT_FOUND),
            ),
        )

    async def rate(self, call: Call[RatingBody, NoQuery]) -> RatedAnswer:
        return await self.ratings.rate(call.principal, call.body)

    async def batch(self, call: Call[BatchBody, NoQuery]) -> BatchAnswer:
        return BatchAnswer(results=await self.ratings.rate_batch(call.principal, call.body.ratings))

    async def undo(self, call: Call[UndoBody, NoQuery]) -> UndoneAnswer:
        return await self.ratings.undo(call.principal, call.body.deck_id)
