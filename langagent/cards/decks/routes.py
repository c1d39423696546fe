"""Decks over HTTP."""

from dataclasses import dataclass

from langagent.cards.decks.models import (
    DeckAnswer,
    DeckChanges,
    DeckCopied,
    DeckCopy,
    DeckDetail,
    DecksQuery,
    NewDeck,
)
from langagent.cards.decks.service import Decks
from langagent.core.errors import ErrorCode
from langagent.core.http.operation import Call, Operation
from langagent.core.http.schemas import Listing, NoBody, NoQuery

_DECK = "/api/decks/{id:uuid}"
_READ = (ErrorCode.DECK_NOT_FOUND,)
_WRITE = (ErrorCode.DECK_NOT_FOUND, ErrorCode.FORBIDDEN)


@dataclass(frozen=True, slots=True)
class DeckRoutes:
    decks: Decks

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "GET",
                "/api/decks",
                self.listed,
                "Decks of a profile, with the reader's counts",
                query=DecksQuery,
                answer=Listing[DeckAnswer],
                errors=(ErrorCode.PROFILE_NOT_FOUND,),
            ),
            Operation(
                "POST",
                "/api/decks",
                self.create,
                "Create a deck",
                body=NewDeck,
                answer=DeckDetail,
                status=201,
                creates=True,
                errors=(ErrorCode.PROFILE_NOT_FOUND, ErrorCode.CONFLICT, ErrorCode.IDEMPOTENCY_CONFLICT),
            ),
            Operation("GET", _DECK, self.read, "A deck and how far the reader is", answer=DeckDetail, errors=_READ),
            Operation(
                "PATCH",
                _DECK,
                self.change,
                "Rename or describe a deck",
                body=DeckChanges,
                answer=DeckDetail,
                errors=(*_WRITE, ErrorCode.CONFLICT),
            ),
            Operation(
                "DELETE", _DECK, self.delete, "Delete a deck with its cards", errors=(*_WRITE, ErrorCode.LAST_DECK)
            ),
            Operation(
                "POST",
                f"{_DECK}/activate",
                self.activate,
                "Make a deck the active one",
                answer=DeckDetail,
                errors=(*_READ, ErrorCode.PROFILE_NOT_FOUND),
            ),
            Operation(
                "POST",
                f"{_DECK}/copy",
                self.copy,
                "Copy a deck into an own profile, without schedules",
                body=DeckCopy,
                answer=DeckCopied,
                status=201,
                creates=True,
                errors=(
                    *_READ,
                    ErrorCode.PROFILE_NOT_FOUND,
                    ErrorCode.CONFLICT,
                    ErrorCode.LIMIT_REACHED,
                    ErrorCode.IDEMPOTENCY_CONFLICT,
                ),
            ),
        )

    async def listed(self, call: Call[NoBody, DecksQuery]) -> Listing[DeckAnswer]:
        return Listing(data=await self.decks.listed(call.principal, call.query.profile_id, call.query.scope))

    async def create(self, call: Call[NewDeck, NoQuery]) -> DeckDetail:
        return await self.decks.create(call.principal, call.body)

    async def read(self, call: Call[NoBody, NoQuery]) -> DeckDetail:
        return await self.decks.read(call.principal, call.id())

    async def change(self, call: Call[DeckChanges, NoQuery]) -> DeckDetail:
        return await self.decks.change(call.principal, call.id(), call.body)

    async def delete(self, call: Call[NoBody, NoQuery]) -> None:
        await self.decks.delete(call.principal, call.id())

    async def activate(self, call: Call[NoBody, NoQuery]) -> DeckDetail:
        return await self.decks.activate(call.principal, call.id())

    async def copy(self, call: Call[DeckCopy, NoQuery]) -> DeckCopied:
        return await self.decks.copy(call.principal, call.id(), call.body)
