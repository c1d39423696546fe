"""Starter decks over HTTP."""

from dataclasses import dataclass

from langagent.cards.library.models import Install, Installed, StarterAnswer, StartersQuery
from langagent.cards.library.service import Library
from langagent.core.errors import ErrorCode
from langagent.core.http.operation import Call, Operation
from langagent.core.http.schemas import Listing, NoBody, NoQuery


@dataclass(frozen=True, slots=True)
class LibraryRoutes:
    library: Library

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "GET",
                "/api/starter-decks",
                self.listed,
                "Decks that ship with the product",
                query=StartersQuery,
                answer=Listing[StarterAnswer],
            ),
            Operation(
                "POST",
                "/api/starter-decks/{key}/install",
                self.install,
                "Put a starter deck into a profile",
                body=Install,
                answer=Installed,
                status=201,
                creates=True,
                errors=(
                    ErrorCode.NOT_FOUND,
                    ErrorCode.PROFILE_NOT_FOUND,
                    ErrorCode.INVALID_FIELD_VALUE,
                    ErrorCode.LIMIT_REACHED,
                    ErrorCode.IDEMPOTENCY_CONFLICT,
                ),
            ),
        )

    async def listed(self, call: Call[NoBody, StartersQuery]) -> Listing[StarterAnswer]:
        return Listing(data=await self.library.listed(call.principal, call.query.language))

    async def install(self, call: Call[Install, NoQuery]) -> Installed:
        key: str = call.request.path_params["key"]
        return await self.library.install(call.principal, key, call.body.profile_id)
