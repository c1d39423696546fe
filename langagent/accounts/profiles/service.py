"""Language profiles: taking up a language, changing and leaving it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final
from uuid import UUID

from langagent.accounts.languages import LANGUAGES
from langagent.accounts.onboarding.service import Drafts
from langagent.accounts.plans.models import Resource
from langagent.accounts.plans.service import Plans
from langagent.accounts.profiles import queries, rules
from langagent.accounts.profiles.events import ProfileCreated, ProfileDeleted
from langagent.accounts.profiles.models import (
    CreatedProfile,
    NewProfile,
    Profile,
    ProfileAnswer,
    ProfileChanges,
    Progress,
)
from langagent.accounts.users.service import Users
from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.core.http.principal import Principal

_NOTHING_YET: Final = {"cards_count": 0, "exercises_count": 0, "level_progress": 0.0}
Counter = Callable[[Connection, Sequence[UUID]], Awaitable[Mapping[UUID, float]]]


class Profiles:
    """The door to language profiles.

    Methods that take a connection run in the caller's transaction; the others open their own.
    """

    def __init__(self, floor: Floor, plans: Plans, users: Users, drafts: Drafts) -> None:
        self._floor = floor
        self._plans = plans
        self._users = users
        self._drafts = drafts
        self._counters: dict[str, Counter] = {}

    def count_with(self, name: str, counter: Counter) -> None:
        """Lets a room above fill ``name`` of the answers' `progress`, for many profiles at once."""
        self._counters[name] = counter

    async def active(self, connection: Connection, user_id: UUID) -> Profile:
        """Raises: AppError PROFILE_NOT_FOUND before onboarding."""
        return _found(await queries.active(connection, user_id))

    async def own(self, connection: Connection, user_id: UUID, profile_id: UUID) -> Profile:
        """Raises: AppError PROFILE_NOT_FOUND."""
        return _found(await queries.owned(connection, user_id, profile_id))

    async def chosen(self, connection: Connection, user_id: UUID, profile_id: UUID | None) -> Profile:
        """The named profile, or the active one.

        Raises: AppError PROFILE_NOT_FOUND.
        """
        if profile_id is None:
            return await self.active(connection, user_id)
        return await self.own(connection, user_id, profile_id)

    async def set_active_deck(self, connection: Connection, profile_id: UUID, deck_id: UUID) -> None:
        """Points the profile at a deck; the caller made sure that its owner may read it."""
        await queries.set_active_deck(connection, profile_id, deck_id)

    async def listed(self, principal: Principal) -> list[ProfileAnswer]:
        async with self._floor.database.connection() as connection:
            profiles = await queries.listed(connection, principal.user_id)
            return await self._answers(connection, profiles, principal.language)

    async def read(self, principal: Principal, profile_id: UUID) -> ProfileAnswer:
        async with self._floor.database.connection() as connection:
            return await self._answer(connection, principal, profile_id)

    async def create(self, principal: Principal, wanted: NewProfile) -> CreatedProfile:
        """The new profile, with the deck that `ProfileCreated` brings.

        Raises: AppError INVALID_FIELD_VALUE, INVALID_LEVEL, TARGET_BELOW_CURRENT, DUPLICATE_LANGUAGE, LIMIT_REACHED.
        """
        values = rules.new_profile(wanted)
        async with self._floor.database.unit_of_work() as connection:
            native_language = (await self._users.lock(connection, principal.user_id)).native_language
            rules.demand_foreign(wanted.language, native_language)
            profile = await queries.insert(connection, principal.user_id, values)
            if profile is None:
                raise AppError(ErrorCode.DUPLICATE_LANGUAGE)
            used = await queries.count(connection, principal.user_id) - 1
            warning = self._plans.demand_room(principal.plan, Resource.PROFILES, used)
            await self._floor.events.publish(
                connection, ProfileCreated(profile, native_language, principal.plan, wanted.starter_deck)
            )
            answer = await self._answer(connection, principal, profile.id)
        await self._drafts.drop(principal.user_id)
        return CreatedProfile(**dict(answer), limit_warning=warning)

    async def change(self, principal: Principal, profile_id: UUID, changes: ProfileChanges) -> ProfileAnswer:
        """Raises: AppError PROFILE_NOT_FOUND, INVALID_FIELD_VALUE, INVALID_LEVEL, TARGET_BELOW_CURRENT."""
        async with self._floor.database.unit_of_work() as connection:
            await self._users.lock(connection, principal.user_id)
            profile = await self.own(connection, principal.user_id, profile_id)
            given = changes.given()
            rules.check_changes(profile, given)
            await queries.change(connection, profile_id, given)
            return await self._answer(connection, principal, profile_id)

    async def activate(self, principal: Principal, profile_id: UUID) -> ProfileAnswer:
        """Raises: AppError PROFILE_NOT_FOUND."""
        async with self._floor.database.unit_of_work() as connection:
            await self._users.lock(connection, principal.user_id)
            await self.own(connection, principal.user_id, profile_id)
            await queries.activate(connection, principal.user_id, profile_id)
            return await self._answer(connection, principal, profile_id)

    async def delete(self, principal: Principal, profile_id: UUID) -> None:
        """Soft-deletes a profile; the oldest remaining becomes active when it was.

        Raises: AppError PROFILE_NOT_FOUND, LAST_PROFILE.
        """
        user_id = principal.user_id
        async with self._floor.database.unit_of_work() as connection:
            await self._users.lock(connection, user_id)
            profiles = await queries.listed(connection, user_id)
            leaving = _found(next((profile for profile in profiles if profile.id == profile_id), None))
            remaining = [profile for profile in profiles if profile.id != profile_id]
            if not remaining:
                raise AppError(ErrorCode.LAST_PROFILE)
            await queries.soft_delete(connection, profile_id)
            if leaving.is_active:
                await queries.activate(connection, user_id, remaining[0].id)
            await self._floor.events.publish(connection, ProfileDeleted(profile_id, user_id))

    async def _answer(self, connection: Connection, principal: Principal, profile_id: UUID) -> ProfileAnswer:
        profile = await self.own(connection, principal.user_id, profile_id)
        return (await self._answers(connection, [profile], principal.language))[0]

    async def _answers(
        self, connection: Connection, profiles: Sequence[Profile], native_language: str
    ) -> list[ProfileAnswer]:
        ids = [profile.id for profile in profiles]
        counts = {name: await counter(connection, ids) for name, counter in self._counters.items()} if ids else {}
        return [
            _answer(profile, {name: found.get(profile.id, 0) for name, found in counts.items()}, native_language)
            for profile in profiles
        ]


def _found(profile: Profile | None) -> Profile:
    if profile is None:
        raise AppError(ErrorCode.PROFILE_NOT_FOUND)
    return profile


def _answer(profile: Profile, counts: dict[str, float], native_language: str) -> ProfileAnswer:
    return ProfileAnswer(
        id=profile.id,
        user_id=profile.user_id,
        language=profile.language,
        language_name=LANGUAGES[profile.language].name(native_language),
        current_level=profile.current_level,
        target_level=profile.target_level,
        goals=list(profile.goals),
        tutor_language=profile.tutor_language,
        desired_retention=profile.desired_retention,
        new_cards_per_day=profile.new_cards_per_day,
        new_card_order=profile.new_card_order,
        max_interval_days=profile.max_interval_days,
        is_active=profile.is_active,
        active_deck_id=profile.active_deck_id,
        progress=Progress.model_validate(_NOTHING_YET | {"streak": profile.streak} | counts),
        created_at=profile.created_at,
        updated_at=profile.updated_at,
    )
