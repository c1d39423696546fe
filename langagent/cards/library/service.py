"""Starter decks put into profiles."""

from typing import Final
from uuid import UUID

from langagent.accounts.profiles.events import ProfileCreated
from langagent.accounts.profiles.models import Profile
from langagent.accounts.profiles.service import Profiles
from langagent.cards.adding.models import Added, Draft, Owner, Shelf
from langagent.cards.adding.service import Adding, with_frequencies
from langagent.cards.content import described
from langagent.cards.decks.service import Decks
from langagent.cards.library.models import Installed, StarterAnswer
from langagent.cards.models import Duplicate
from langagent.cards.starters import StarterDeck, find_starter_deck, starter_decks
from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.core.http.principal import Principal

_SOURCE: Final = "starter:"


class Library:
    """Offers and installs starter decks; a deck installed again gets back the cards that it lost."""

    def __init__(self, floor: Floor, profiles: Profiles, decks: Decks, adding: Adding) -> None:
        self._floor = floor
        self._profiles = profiles
        self._decks = decks
        self._adding = adding

    async def listed(self, principal: Principal, language: str | None) -> list[StarterAnswer]:
        async with self._floor.database.connection() as connection:
            installed = await self._decks.sources(connection, principal.user_id)
        return [
            StarterAnswer(
                key=deck.key,
                language=deck.language,
                title=deck.title.text(principal.language),
                level=deck.level,
                cards_count=len(deck.cards),
                installed=_SOURCE + deck.key in installed,
            )
            for deck in starter_decks(language)
        ]

    async def install(self, principal: Principal, key: str, profile_id: UUID | None) -> Installed:
        """Raises: AppError NOT_FOUND, PROFILE_NOT_FOUND, INVALID_FIELD_VALUE for another language, LIMIT_REACHED."""
        starter = find_starter_deck(key)
        if starter is None:
            raise AppError(ErrorCode.NOT_FOUND)
        owner = Owner(principal.user_id, principal.plan)
        async with self._floor.database.unit_of_work() as connection:
            profile = await self._profiles.chosen(connection, principal.user_id, profile_id)
            if profile.language != starter.language:
                raise AppError(ErrorCode.INVALID_FIELD_VALUE, details={"profile_id": "of another language"})
            shelf, added = await self._install(connection, owner, profile, starter, principal.language)
            deck = await self._decks.answer(connection, principal, shelf.deck_id)
        return Installed(
            deck=deck,
            created=len(added.created),
            duplicates=_duplicates(starter, added),
            limit_warning=added.limit_warning,
        )

    async def welcome(self, connection: Connection, event: ProfileCreated) -> None:
        """Gives a new profile its first deck, and the starter deck that was asked for.

        Raises: AppError INVALID_FIELD_VALUE for a starter deck that does not exist in the language, LIMIT_REACHED.
        """
        profile = event.profile
        await self._decks.add_default(connection, profile.id, event.native_language)
        if event.starter_deck is None:
            return
        starter = find_starter_deck(event.starter_deck)
        if starter is None or starter.language != profile.language:
            raise AppError(ErrorCode.INVALID_FIELD_VALUE, details={"starter_deck": "not of this language"})
        await self._install(connection, Owner(profile.user_id, event.plan), profile, starter, event.native_language)

    async def _install(
        self, connection: Connection, owner: Owner, profile: Profile, starter: StarterDeck, native_language: str
    ) -> tuple[Shelf, Added]:
        title = starter.title.text(native_language)
        shelf = await self._decks.add_from(connection, profile.id, title, _SOURCE + starter.key)
        contents = [Draft.of(described(card, native_language)) for card in starter.cards]
        drafts = await with_frequencies(contents, starter.language)
        await self._decks.activate_if_idle(connection, shelf)
        return shelf, await self._adding.add(connection, owner, shelf, "starter", drafts)


def _duplicates(starter: StarterDeck, added: Added) -> list[Duplicate]:
    pairs = zip(starter.cards, added.results, strict=True)
    return [Duplicate(word=card.word, card_id=result) for card, result in pairs if isinstance(result, UUID)]
