"""Single cards and lists of them: the door for other rooms, and what learners do with them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from asyncpg import UniqueViolationError

from langagent.accounts.profiles.models import Profile
from langagent.accounts.profiles.service import Profiles
from langagent.cards import queries
from langagent.cards.content import ContentProvider, Learning
from langagent.cards.decks.service import Decks
from langagent.cards.frequency import zipf_values
from langagent.cards.models import CardAnswer, CardChanges, CardDetail, CardsQuery
from langagent.cards.queries import START, CardPlace, Position, Wanted
from langagent.cards.text import lemma_key
from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.core.http.principal import Principal
from langagent.core.http.schemas import Page


class Cards:
    """The door to cards; methods that take a connection run in the caller's transaction."""

    def __init__(self, floor: Floor, profiles: Profiles, decks: Decks, content: ContentProvider) -> None:
        self._floor = floor
        self._profiles = profiles
        self._decks = decks
        self._content = content

    async def read(self, connection: Connection, user_id: UUID, card_id: UUID) -> CardAnswer:
        """Raises: AppError CARD_NOT_FOUND."""
        found = await queries.card(connection, user_id, card_id)
        if found is None:
            raise AppError(ErrorCode.CARD_NOT_FOUND)
        return found

    async def detail(self, principal: Principal, card_id: UUID) -> CardDetail:
        """Raises: AppError CARD_NOT_FOUND."""
        async with self._floor.database.connection() as connection:
            card = await self.read(connection, principal.user_id, card_id)
            history = await queries.history(connection, principal.user_id, card_id)
        return CardDetail(**dict(card), history=history)

    async def listed(self, principal: Principal, query: CardsQuery) -> Page[CardAnswer]:
        """Raises: AppError DECK_NOT_FOUND, PROFILE_NOT_FOUND, VALIDATION_ERROR for a forged cursor."""
        scope = f"cards:{principal.user_id}:{query.deck_id}"
        after = self._position(scope, query.cursor)
        async with self._floor.database.connection() as connection:
            found = await queries.cards(connection, principal.user_id, _wanted(query), after, query.limit + 1)
            if not found:
                await self._demand_readable(connection, principal.user_id, query)
        return self._floor.cursors.page(scope, found, query.limit, lambda card: (card.created_at, card.id))

    async def change(self, principal: Principal, card_id: UUID, changes: CardChanges) -> CardAnswer:
        """Raises: AppError CARD_NOT_FOUND, FORBIDDEN, DUPLICATE_LEMMA, DECK_NOT_FOUND, INVALID_FIELD_VALUE."""
        values = changes.given()
        if "word" in values:
            values |= await self._lemma(principal, card_id, changes.word)
        if "transcription" in values:
            values["transcription"] = changes.transcription or None
        try:
            async with self._floor.database.unit_of_work() as connection:
                place = await self._own(connection, principal.user_id, card_id)
                if "deck_id" in values:
                    await self._check_move(connection, principal.user_id, place, changes.deck_id)
                await queries.update(connection, card_id, values)
                return await self.read(connection, principal.user_id, card_id)
        except UniqueViolationError:
            raise await self._duplicate(place.profile_id, values["lemma_key"]) from None

    async def delete(self, principal: Principal, card_id: UUID) -> None:
        """Raises: AppError CARD_NOT_FOUND, FORBIDDEN."""
        async with self._floor.database.unit_of_work() as connection:
            await self._own(connection, principal.user_id, card_id)
            await queries.remove(connection, card_id, self._floor.clock())

    def _position(self, scope: str, cursor: str | None) -> Position:
        if cursor is None:
            return START
        created_at, card_id = self._floor.cursors.decode(scope, cursor)
        return Position(datetime.fromisoformat(created_at), UUID(card_id))

    async def _demand_readable(self, connection: Connection, user_id: UUID, query: CardsQuery) -> None:
        if query.deck_id == "all":
            await self._profiles.active(connection, user_id)
        else:
            await self._decks.readable(connection, user_id, query.deck_id)

    async def _own(self, connection: Connection, user_id: UUID, card_id: UUID) -> CardPlace:
        found = await queries.place(connection, user_id, card_id)
        if found is None:
            raise AppError(ErrorCode.CARD_NOT_FOUND)
        if not found.is_own:
            raise AppError(ErrorCode.FORBIDDEN)
        return found

    async def _lemma(self, principal: Principal, card_id: UUID, word: str) -> dict[str, Any]:
        """Columns that follow the word; worked out before the transaction, since it may take a while."""
        async with self._floor.database.connection() as connection:
            place = await self._own(connection, principal.user_id, card_id)
            profile = await self._profiles.own(connection, principal.user_id, place.profile_id)
        (found,) = await self._content.lemmas([word], learning_of(principal, profile))
        (frequency,) = await zipf_values([found.lemma], profile.language)
        return {"lemma": found.lemma, "lemma_key": lemma_key(found.lemma), "frequency_zipf": frequency}

    async def _check_move(self, connection: Connection, user_id: UUID, place: CardPlace, deck_id: UUID) -> None:
        deck = await self._decks.hold(connection, user_id, deck_id)
        if deck.profile_id != place.profile_id:
            raise AppError(ErrorCode.INVALID_FIELD_VALUE, details={"deck_id": "of another profile"})

    async def _duplicate(self, profile_id: UUID, key: str) -> AppError:
        async with self._floor.database.connection() as connection:
            twin = await queries.twin(connection, profile_id, key)
        return AppError(ErrorCode.DUPLICATE_LEMMA, details={"card_id": twin})


def _wanted(query: CardsQuery) -> Wanted:
    return Wanted(None if query.deck_id == "all" else query.deck_id, query.status, query.search)


def learning_of(principal: Principal, profile: Profile) -> Learning:
    """Whom content for this learner's profile is for."""
    return Learning(profile.language, principal.language, profile.current_level)
