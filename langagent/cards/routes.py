"""Cards over HTTP."""

from dataclasses import dataclass

from langagent.cards.models import CardAnswer, CardChanges, CardDetail, CardsQuery
from langagent.cards.service import Cards
from langagent.core.errors import ErrorCode
from langagent.core.http.operation import Call, Operation
from langagent.core.http.schemas import NoBody, NoQuery, Page

_CARD = "/api/cards/{id:uuid}"
_WRITE = (ErrorCode.CARD_NOT_FOUND, ErrorCode.FORBIDDEN)


@dataclass(frozen=True, slots=True)
class CardRoutes:
    cards: Cards

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "GET",
                "/api/cards",
                self.listed,
                "Cards of a deck or of all decks, newest first",
                query=CardsQuery,
                answer=Page[CardAnswer],
                errors=(ErrorCode.DECK_NOT_FOUND, ErrorCode.PROFILE_NOT_FOUND),
            ),
            Operation(
                "GET",
                _CARD,
                self.read,
                "A card and the reader's ratings of it",
                answer=CardDetail,
                errors=(ErrorCode.CARD_NOT_FOUND,),
            ),
            Operation(
                "PATCH",
                _CARD,
                self.change,
                "Edit a card or move it to another deck",
                body=CardChanges,
                answer=CardAnswer,
                errors=(
                    *_WRITE,
                    ErrorCode.DECK_NOT_FOUND,
                    ErrorCode.DUPLICATE_LEMMA,
                    ErrorCode.INVALID_FIELD_VALUE,
                ),
            ),
            Operation("DELETE", _CARD, self.delete, "Delete a card", errors=_WRITE),
        )

    async def listed(self, call: Call[NoBody, CardsQuery]) -> Page[CardAnswer]:
        return await self.cards.listed(call.principal, call.query)

    async def read(self, call: Call[NoBody, NoQuery]) -> CardDetail:
        return await self.cards.detail(call.principal, call.id())

    async def change(self, call: Call[CardChanges, NoQuery]) -> CardAnswer:
        return await self.cards.change(call.principal, call.id(), call.body)

    async def delete(self, call: Call[NoBody, NoQuery]) -> None:
        await self.cards.delete(call.principal, call.id())
