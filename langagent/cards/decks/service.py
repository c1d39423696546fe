"""Decks: the door for other rooms, and what learners do with them."""

from uuid import UUID

from asyncpg import UniqueViolationError

from langagent.accounts.profiles.events import ProfileDeleted
from langagent.accounts.profiles.models import Profile
from langagent.accounts.profiles.service import Profiles
from langagent.cards.adding.models import Owner, Shelf
from langagent.cards.adding.service import Adding
from langagent.cards.decks import queries
from langagent.cards.decks.models import (
    DeckAnswer,
    DeckChanges,
    DeckCopied,
    DeckCopy,
    DeckDetail,
    DeckRef,
    DeckScope,
    NewDeck,
)
from langagent.cards.decks.names import free_name
from langagent.cards.events import DeckDeleted
from langagent.core import i18n
from langagent.core.clock import day_end
from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.core.http.principal import Principal


class Decks:
    """The door to decks.

    Methods that take a connection run in the caller's transaction; the others open their own.
    """

    def __init__(self, floor: Floor, profiles: Profiles, adding: Adding) -> None:
        self._floor = floor
        self._profiles = profiles
        self._adding = adding

    async def readable(self, connection: Connection, user_id: UUID, deck_id: UUID) -> DeckRef:
        """Raises: AppError DECK_NOT_FOUND."""
        found = await queries.ref(connection, user_id, deck_id)
        if found is None:
            raise AppError(ErrorCode.DECK_NOT_FOUND)
        return found

    async def own(self, connection: Connection, user_id: UUID, deck_id: UUID) -> DeckRef:
        """Raises: AppError DECK_NOT_FOUND, FORBIDDEN when the learner may only read it."""
        found = await self.readable(connection, user_id, deck_id)
        if not found.is_own:
            raise AppError(ErrorCode.FORBIDDEN)
        return found

    async def hold(self, connection: Connection, user_id: UUID, deck_id: UUID) -> DeckRef:
        """An own deck that is not deleted before the end of the transaction.

        Raises: AppError DECK_NOT_FOUND, FORBIDDEN.
        """
        found = await self.own(connection, user_id, deck_id)
        await self._adding.hold_deck(connection, deck_id)
        return found

    async def resolve(self, connection: Connection, user_id: UUID, profile: Profile, deck_id: UUID | None) -> DeckRef:
        """The named deck, else the active one, else the default one.

        Raises: AppError DECK_NOT_FOUND.
        """
        if deck_id is not None:
            return await self.readable(connection, user_id, deck_id)
        active = await queries.ref(connection, user_id, profile.active_deck_id) if profile.active_deck_id else None
        return active or DeckRef(await self._default(connection, profile.id), profile.id, is_own=True)

    async def for_new_cards(self, connection: Connection, user_id: UUID, deck_id: UUID | None) -> Shelf:
        """The named deck, else the active one if it is the learner's own, else the default one.

        Raises: AppError DECK_NOT_FOUND, FORBIDDEN, PROFILE_NOT_FOUND.
        """
        if deck_id is not None:
            return (await self.own(connection, user_id, deck_id)).shelf
        profile = await self._profiles.active(connection, user_id)
        found = await self.resolve(connection, user_id, profile, None)
        return found.shelf if found.is_own else Shelf(await self._default(connection, profile.id), profile.id)

    async def answer(self, connection: Connection, principal: Principal, deck_id: UUID) -> DeckDetail:
        """Raises: AppError DECK_NOT_FOUND."""
        found = await queries.deck(connection, self._reader(principal), deck_id)
        if found is None:
            raise AppError(ErrorCode.DECK_NOT_FOUND)
        return found

    async def add_from(self, connection: Connection, profile_id: UUID, name: str, source: str) -> Shelf:
        """The profile's deck from ``source``: made now, with a number to its name if need be, unless it has one."""
        await queries.lock_profile(connection, profile_id)
        deck_id = await queries.with_source(connection, profile_id, source)
        if deck_id is None:
            deck_id = await self._insert_numbered(connection, profile_id, name, source)
        return Shelf(deck_id, profile_id)

    async def sources(self, connection: Connection, user_id: UUID) -> set[str]:
        """Where the learner's own decks came from."""
        return await queries.sources(connection, user_id)

    async def add_default(self, connection: Connection, profile_id: UUID, native_language: str) -> None:
        """Gives a new profile its first deck and makes it active."""
        name = i18n.text(native_language, "decks.default_name")
        shelf = await self.add_from(connection, profile_id, name, "default")
        await self._profiles.set_active_deck(connection, profile_id, shelf.deck_id)

    async def activate_if_idle(self, connection: Connection, shelf: Shelf) -> None:
        """Makes a deck active where the active one has nothing to study."""
        if await queries.is_active_deck_empty(connection, shelf.profile_id):
            await self._profiles.set_active_deck(connection, shelf.profile_id, shelf.deck_id)

    async def forget(self, connection: Connection, event: ProfileDeleted) -> None:
        """Decks and cards go with their profile."""
        await queries.remove_all(connection, event.profile_id, self._floor.clock())

    async def listed(self, principal: Principal, profile_id: UUID | None, scope: DeckScope) -> list[DeckAnswer]:
        async with self._floor.database.connection() as connection:
            profile = await self._profiles.chosen(connection, principal.user_id, profile_id)
            return await queries.listed(connection, self._reader(principal), profile.id, scope)

    async def read(self, principal: Principal, deck_id: UUID) -> DeckDetail:
        async with self._floor.database.connection() as connection:
            return await self.answer(connection, principal, deck_id)

    async def create(self, principal: Principal, wanted: NewDeck) -> DeckDetail:
        """Raises: AppError CONFLICT on a used name, PROFILE_NOT_FOUND."""
        async with self._floor.database.unit_of_work() as connection:
            profile = await self._profiles.chosen(connection, principal.user_id, wanted.profile_id)
            deck_id = await self._insert(connection, profile.id, wanted.name, wanted.description, "manual")
            return await self.answer(connection, principal, deck_id)

    async def change(self, principal: Principal, deck_id: UUID, changes: DeckChanges) -> DeckDetail:
        """Raises: AppError DECK_NOT_FOUND, FORBIDDEN, CONFLICT on a used name."""
        try:
            async with self._floor.database.unit_of_work() as connection:
                await self.own(connection, principal.user_id, deck_id)
                await queries.update(connection, deck_id, changes.given())
                return await self.answer(connection, principal, deck_id)
        except UniqueViolationError:
            raise _name_is_used() from None

    async def activate(self, principal: Principal, deck_id: UUID) -> DeckDetail:
        """Makes the deck active: in its profile when it is the learner's own, else in the active profile.

        Raises: AppError DECK_NOT_FOUND, PROFILE_NOT_FOUND.
        """
        async with self._floor.database.unit_of_work() as connection:
            profile_id = await self._home(connection, principal.user_id, deck_id)
            await self._profiles.set_active_deck(connection, profile_id, deck_id)
            return await self.answer(connection, principal, deck_id)

    async def delete(self, principal: Principal, deck_id: UUID) -> None:
        """Soft-deletes the deck with its cards; the default deck, else the oldest, becomes active when it was.

        Raises: AppError DECK_NOT_FOUND, FORBIDDEN, LAST_DECK.
        """
        user_id = principal.user_id
        async with self._floor.database.unit_of_work() as connection:
            profile_id = (await self.own(connection, user_id, deck_id)).profile_id
            await queries.lock_profile(connection, profile_id)
            await self.own(connection, user_id, deck_id)
            await queries.remove(connection, deck_id, self._floor.clock())
            remaining = await queries.default(connection, profile_id)
            if remaining is None:
                raise AppError(ErrorCode.LAST_DECK)
            profile = await self._profiles.own(connection, user_id, profile_id)
            if profile.active_deck_id == deck_id:
                await self._profiles.set_active_deck(connection, profile_id, remaining)
            await self._floor.events.publish(connection, DeckDeleted(user_id, profile_id, deck_id))

    async def copy(self, principal: Principal, deck_id: UUID, wanted: DeckCopy) -> DeckCopied:
        """Copies a readable deck into an own profile, without schedules and without words that are there already.

        Raises: AppError DECK_NOT_FOUND, PROFILE_NOT_FOUND, CONFLICT on a used name, LIMIT_REACHED.
        """
        owner = Owner(principal.user_id, principal.plan)
        async with self._floor.database.unit_of_work() as connection:
            profile_id = await self._home(connection, principal.user_id, deck_id)
            shelf = Shelf(await self._insert_copy(connection, principal, profile_id, deck_id, wanted.name), profile_id)
            await self._adding.hold(connection, owner, shelf)
            copied = await queries.copy_cards(connection, deck_id, shelf, self._floor.clock())
            warning = await self._adding.settle(connection, owner, shelf, "copy", copied)
            return DeckCopied(
                deck=await self.answer(connection, principal, shelf.deck_id),
                copied=len(copied),
                skipped=await queries.skipped(connection, deck_id, shelf),
                limit_warning=warning,
            )

    def _reader(self, principal: Principal) -> queries.Reader:
        now = self._floor.clock()
        return queries.Reader(principal.user_id, now, day_end(now, principal.timezone))

    async def _default(self, connection: Connection, profile_id: UUID) -> UUID:
        found = await queries.default(connection, profile_id)
        if found is None:
            raise AppError(ErrorCode.DECK_NOT_FOUND)
        return found

    async def _home(self, connection: Connection, user_id: UUID, deck_id: UUID) -> UUID:
        """The own profile in which the learner uses a readable deck."""
        found = await self.readable(connection, user_id, deck_id)
        return found.profile_id if found.is_own else (await self._profiles.active(connection, user_id)).id

    async def _insert(self, connection: Connection, profile_id: UUID, name: str, description: str, source: str) -> UUID:
        now = self._floor.clock()
        deck_id = await queries.insert(
            connection, profile_id, name=name, description=description, source=source, now=now
        )
        if deck_id is None:
            raise _name_is_used()
        return deck_id

    async def _insert_numbered(self, connection: Connection, profile_id: UUID, name: str, source: str) -> UUID:
        """A new deck of a profile that is locked, so that the free name stays free."""
        name = free_name(name, await queries.names(connection, profile_id))
        return await self._insert(connection, profile_id, name, "", source)

    async def _insert_copy(
        self, connection: Connection, principal: Principal, profile_id: UUID, deck_id: UUID, name: str | None
    ) -> UUID:
        source = f"copy:{deck_id}"
        if name is not None:
            return await self._insert(connection, profile_id, name, "", source)
        await queries.lock_profile(connection, profile_id)
        original = await self.answer(connection, principal, deck_id)
        return await self._insert_numbered(connection, profile_id, original.name, source)


def _name_is_used() -> AppError:
    return AppError(ErrorCode.CONFLICT, details={"name": "used"})
