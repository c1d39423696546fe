"""The one way a card comes into a deck."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from prometheus_client import Counter

from langagent.accounts.plans.models import LimitWarning, Resource
from langagent.accounts.plans.service import Plans
from langagent.accounts.users.service import Users
from langagent.cards.adding import queries
from langagent.cards.adding.models import Added, Draft, Owner, Shelf
from langagent.cards.events import CardAdded
from langagent.cards.frequency import zipf_values
from langagent.cards.models import CardAnswer, CardSource
from langagent.core.clock import Clock
from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode
from langagent.core.events import Events

CARDS_CREATED: Final = Counter("cards_created_total", "Cards added to decks", ["source"])


class Adding:
    """Adds cards within the plan's limit and without duplicates; the caller holds the transaction."""

    def __init__(self, users: Users, plans: Plans, events: Events, clock: Clock) -> None:
        self._users = users
        self._plans = plans
        self._events = events
        self._clock = clock

    async def demand_room(self, connection: Connection, owner: Owner) -> None:
        """Tells before any work whether even one card fits.

        Raises: AppError LIMIT_REACHED.
        """
        if self._is_limited(owner):
            used = await queries.count_cards(connection, owner.user_id)
            self._plans.demand_room(owner.plan, Resource.CARDS, used)

    async def existing(self, connection: Connection, shelf: Shelf, keys: Sequence[str]) -> dict[str, UUID]:
        """The cards of the shelf's profile that have these lemmas, by key."""
        return await queries.cards_by_key(connection, shelf.profile_id, keys)

    async def add(
        self, connection: Connection, owner: Owner, shelf: Shelf, source: CardSource, drafts: Sequence[Draft]
    ) -> Added:
        """Adds the drafts whose lemma is new to the profile.

        Raises: AppError LIMIT_REACHED when they do not all fit, DECK_NOT_FOUND when the deck has just been deleted.
        """
        await self.hold(connection, owner, shelf)
        created = await queries.insert(connection, owner.user_id, shelf, source, drafts, self._clock())
        warning = await self.settle(connection, owner, shelf, source, [card.id for card in created.values()])
        taken = [draft.key for draft in drafts if draft.key not in created]
        existing = await queries.cards_by_key(connection, shelf.profile_id, taken) if taken else {}
        return Added(_results(drafts, created, existing), warning)

    async def hold(self, connection: Connection, owner: Owner, shelf: Shelf) -> None:
        """Takes the locks under which cards may be put onto ``shelf``.

        Raises: AppError DECK_NOT_FOUND.
        """
        if self._is_limited(owner):
            await self._users.lock(connection, owner.user_id)
        await self.hold_deck(connection, shelf.deck_id)

    async def hold_deck(self, connection: Connection, deck_id: UUID) -> None:
        """Keeps a deck from being deleted before the end of the transaction.

        Raises: AppError DECK_NOT_FOUND when it is gone already.
        """
        if not await queries.hold_deck(connection, deck_id):
            raise AppError(ErrorCode.DECK_NOT_FOUND)

    async def settle(
        self, connection: Connection, owner: Owner, shelf: Shelf, source: CardSource, created: Sequence[UUID]
    ) -> LimitWarning | None:
        """Counts cards that were put onto a held shelf, and tells the rooms above of them.

        Raises: AppError LIMIT_REACHED.
        """
        warning = await self._count(connection, owner, len(created))
        for card_id in created:
            await self._events.publish(connection, CardAdded(owner.user_id, shelf.profile_id, card_id, source))
        CARDS_CREATED.labels(source).inc(len(created))
        return warning

    async def _count(self, connection: Connection, owner: Owner, created: int) -> LimitWarning | None:
        if not created or not self._is_limited(owner):
            return None
        used = await queries.count_cards(connection, owner.user_id)
        return self._plans.demand_room(owner.plan, Resource.CARDS, used - created, created)

    def _is_limited(self, owner: Owner) -> bool:
        return self._plans.limits(owner.plan).cards is not None


async def with_frequencies(drafts: Sequence[Draft], language: str) -> list[Draft]:
    """The drafts with how often their lemmas are used in ``language``."""
    values = await zipf_values([draft.lemma for draft in drafts], language)
    return [replace(draft, frequency_zipf=value) for draft, value in zip(drafts, values, strict=True)]


def _results(
    drafts: Sequence[Draft], created: dict[str, CardAnswer], existing: dict[str, UUID]
) -> list[CardAnswer | UUID]:
    """The first draft of a lemma made the card; those after it meet it."""
    known = dict(existing)
    results: list[CardAnswer | UUID] = []
    for draft in drafts:
        results.append(known.get(draft.key) or created[draft.key])
        if draft.key in created:
            known[draft.key] = created[draft.key].id
    return results
