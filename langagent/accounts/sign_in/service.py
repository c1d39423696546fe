"""Signing in: four ways in, one account behind them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from prometheus_client import Counter

from langagent.accounts.sessions.models import Method
from langagent.accounts.sessions.service import Sessions
from langagent.accounts.sign_in.models import DevPerson, LaunchData, OneTime, SignedIn, Visit, WidgetData
from langagent.accounts.sign_in.one_time import SignInCodes
from langagent.accounts.sign_in.telegram import person_from_init_data, person_from_widget
from langagent.accounts.sign_in.tries import Tries
from langagent.accounts.users.models import TelegramPerson, User
from langagent.accounts.users.service import Users
from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor

SIGN_INS: Final = Counter("sign_ins_total", "Tries to sign in", ["method", "result"])
logger = logging.getLogger(__name__)


class SignIn:
    """The ways in; each gives the learner and the credentials of a new session.

    Raises: AppError ACCOUNT_BLOCKED, and AUTH_FAILED or INVALID_INIT_DATA for what proves nothing.
    """

    def __init__(self, floor: Floor, users: Users, sessions: Sessions, codes: SignInCodes) -> None:
        self._floor = floor
        self._users = users
        self._sessions = sessions
        self._codes = codes
        self._tries = Tries(floor.cache)
        self._bot_token = floor.settings.telegram_bot_token
        self._init_data_max_age = timedelta(seconds=floor.settings.init_data_max_age)

    async def by_init_data(self, data: LaunchData, visit: Visit) -> SignedIn:
        with _counted("init_data", visit):
            person = person_from_init_data(
                data.init_data, self._bot_token, self._floor.clock(), self._init_data_max_age
            )
            return await self._enter(person, "init_data", visit)

    async def by_widget(self, data: WidgetData, visit: Visit) -> SignedIn:
        with _counted("widget", visit):
            person = person_from_widget(data.received(), self._bot_token, self._floor.clock())
            return await self._enter(person, "widget", visit)

    async def by_dev(self, data: DevPerson, visit: Visit) -> SignedIn:
        with _counted("dev", visit):
            person = TelegramPerson(telegram_id=data.telegram_id, first_name=data.first_name)
            return await self._enter(person, "dev", visit)

    async def by_link(self, one_time: OneTime, visit: Visit) -> SignedIn:
        """Raises: AppError RATE_LIMIT_EXCEEDED after too many wrong tries; a right link works even then."""
        with _counted("link", visit):
            if one_time.code is not None:
                await self._tries.take(visit.address)
            signed_in = await self._redeem(one_time, visit)
            if signed_in is None and one_time.token is not None:
                await self._tries.take(visit.address)
            if signed_in is None:
                raise AppError(ErrorCode.AUTH_FAILED)
            if one_time.code is not None:
                await self._tries.give_back(visit.address)
            await self._users.forget(signed_in.user.id)
            return signed_in

    async def _redeem(self, one_time: OneTime, visit: Visit) -> SignedIn | None:
        async with self._floor.database.unit_of_work() as connection:
            user_id = await self._codes.use(connection, one_time)
            if user_id is None:
                return None
            user = await self._users.returned(connection, user_id, visit.timezone)
            return await self._open(connection, user, "link", visit, is_new=False)

    async def _enter(self, person: TelegramPerson, method: Method, visit: Visit) -> SignedIn:
        async with self._floor.database.unit_of_work() as connection:
            user, is_new = await self._users.enter(connection, person, visit.timezone, visit.language)
            signed_in = await self._open(connection, user, method, visit, is_new=is_new)
        await self._users.forget(user.id)
        return signed_in

    async def _open(
        self, connection: Connection, user: User, method: Method, visit: Visit, *, is_new: bool
    ) -> SignedIn:
        if user.blocked_at is not None:
            raise AppError(ErrorCode.ACCOUNT_BLOCKED)
        credentials = await self._sessions.open(connection, user.id, method, visit.user_agent)
        return SignedIn(await self._users.answer(connection, user), is_new, credentials)


@contextmanager
def _counted(method: Method, visit: Visit) -> Iterator[None]:
    try:
        yield
    except AppError as error:
        SIGN_INS.labels(method, error.code.value.lower()).inc()
        if error.code is ErrorCode.AUTH_FAILED:
            extra = {"event": "auth_failed", "operation": method, "user_agent": visit.user_agent[:300]}
            logger.warning("sign-in failed", extra=extra)
        raise
    SIGN_INS.labels(method, "ok").inc()
