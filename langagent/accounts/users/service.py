"""Learners: what they see and change of themselves."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from prometheus_client import Counter

from langagent.accounts.plans.limits import shown_maximum
from langagent.accounts.plans.models import COUNTED_FOR_LEARNER, DAILY, LimitUsage, Resource
from langagent.accounts.plans.service import Plans
from langagent.accounts.sessions.memory import SessionMemory
from langagent.accounts.users import answers, queries, rules
from langagent.accounts.users.events import UserRegistered
from langagent.accounts.users.models import Limits, Me, TelegramPerson, User, UserAnswer, UserChanges
from langagent.accounts.users.personal_data import PersonalData
from langagent.core.clock import day_end
from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.core.http.principal import Principal

REGISTERED: Final = Counter("users_registered_total", "Accounts made")


class Users:
    """The door to learners."""

    def __init__(self, floor: Floor, plans: Plans, memory: SessionMemory, personal: PersonalData) -> None:
        self._floor = floor
        self._plans = plans
        self._memory = memory
        self._personal = personal

    async def lock(self, connection: Connection, user_id: UUID) -> User:
        """The learner, whom no other transaction changes or counts for until this one ends.

        Raises: AppError USER_NOT_FOUND.
        """
        return _found(await queries.lock(connection, user_id))

    async def enter(
        self, connection: Connection, person: TelegramPerson, timezone: str | None, language: str
    ) -> tuple[User, bool]:
        """The account of ``person``, refreshed, or made with its trial at the first sign-in; and whether it is new.

        Args:
            timezone: what the client says; an unknown name must not keep a learner out, so it is passed over.
            language: of the interface, for those whom Telegram gives no language.
        """
        is_known_zone = timezone is not None and rules.is_timezone(timezone)
        user, is_new = await queries.enter(
            connection,
            person,
            native_language=rules.guessed_native_language(person.language_code or language),
            timezone=timezone if timezone and is_known_zone else rules.guessed_timezone(person.language_code),
            is_from_browser=is_known_zone,
            is_admin=person.telegram_id in self._floor.settings.admin_telegram_ids,
            now=self._floor.clock(),
        )
        if is_new:
            await self._plans.grant_trial(connection, user.id, person.telegram_id)
            await self._floor.events.publish(connection, UserRegistered(user.id))
            REGISTERED.inc()
        return user, is_new

    async def returned(self, connection: Connection, user_id: UUID, timezone: str | None) -> User:
        """A known learner who signs in again; the client's zone is taken unless the learner set one.

        Raises: AppError USER_NOT_FOUND.
        """
        user = await self.lock(connection, user_id)
        if timezone and rules.is_timezone(timezone) and user.timezone_source != "user":
            await queries.change(connection, user_id, {"timezone": timezone, "timezone_source": "browser"})
            return replace(user, timezone=timezone, timezone_source="browser")
        return user

    async def forget(self, user_id: UUID) -> None:
        """Drops what Redis remembers of a learner; after a committed change."""
        await self._memory.forget(user_id)

    async def me(self, principal: Principal) -> Me:
        async with self._floor.database.connection() as connection:
            return await self._me(connection, principal.user_id)

    async def change(self, principal: Principal, changes: UserChanges) -> Me:
        """Raises: AppError INVALID_FIELD_VALUE, RATE_LIMIT_EXCEEDED when the zone was changed within 24 hours."""
        user_id = principal.user_id
        async with self._floor.database.unit_of_work() as connection:
            user = await self.lock(connection, user_id)
            settled = rules.settled(user, changes.given(), self._floor.clock())
            native = settled.get("native_language", user.native_language)
            if native != user.native_language and await queries.studies(connection, user_id, native):
                problem = "a profile studies this language"
                raise AppError(ErrorCode.INVALID_FIELD_VALUE, details={"native_language": problem})
            await queries.change(connection, user_id, settled)
            answer = await self._me(connection, user_id)
        await self.forget(user_id)
        return answer

    async def answer(self, connection: Connection, user: User) -> UserAnswer:
        return answers.user_answer(user, await self._plans.entitlements(connection, user.id))

    async def appoint_admins(self) -> None:
        """Marks the accounts of ADMIN_TELEGRAM_IDS; at start-up."""
        async with self._floor.database.unit_of_work() as connection:
            appointed = await queries.appoint_admins(connection, self._floor.settings.admin_telegram_ids)
        for user_id in appointed:
            await self.forget(user_id)

    async def _me(self, connection: Connection, user_id: UUID) -> Me:
        user = _found(await queries.find(connection, user_id))
        entitlements = await self._plans.entitlements(connection, user_id)
        plan = answers.effective_plan(user, entitlements)
        usage = {
            resource.value: await self._usage(connection, user, resource, plan) for resource in COUNTED_FOR_LEARNER
        }
        return answers.me(user, entitlements, Limits(**usage))

    async def _usage(self, connection: Connection, user: User, resource: Resource, plan: str) -> LimitUsage:
        used = await self._personal.used(connection, user.id, resource)
        reset_at = day_end(self._floor.clock(), user.timezone) if resource in DAILY else None
        return LimitUsage(used=used, max=shown_maximum(resource, self._plans.limits(plan)), reset_at=reset_at)


def _found(user: User | None) -> User:
    if user is None:
        raise AppError(ErrorCode.USER_NOT_FOUND)
    return user
