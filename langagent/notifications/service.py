"""Notifications: made by the rooms, read by learners."""

from datetime import datetime
from typing import Final
from uuid import UUID

from prometheus_client import Counter

from langagent.accounts.users.events import AccountErased, UserRegistered
from langagent.accounts.users.service import Users
from langagent.core import i18n
from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.core.http.principal import Principal
from langagent.notifications import queries
from langagent.notifications.models import AllReadAnswer, Notice, NotificationPage, NotificationsQuery, ReadAnswer
from langagent.notifications.outbox import queries as outbox_queries
from langagent.notifications.outbox.models import Address, Priority, Stamp
from langagent.notifications.outbox.service import put
from langagent.notifications.quiet_hours import quiet_until

SENT: Final = Counter("notifications_sent_total", "Notifications of learners", ["type", "outcome"])


class Notifications:
    """The door to notifications."""

    def __init__(self, floor: Floor, users: Users) -> None:
        self._floor = floor
        self._users = users
        floor.events.subscribe(UserRegistered, self._welcome)
        floor.events.subscribe(AccountErased, self._forget)

    async def notify(self, connection: Connection, notice: Notice) -> None:
        """Stores the notification, and what is to be sent to the chat, in the caller's transaction."""
        notification_id = await queries.insert(connection, notice, self._floor.clock())
        if notification_id is None:
            SENT.labels(notice.type, "duplicate").inc()
            return
        is_pushed = notice.push is not None and await self._push(connection, notice, notification_id)
        SENT.labels(notice.type, "pushed" if is_pushed else "stored").inc()

    async def listed(self, principal: Principal, query: NotificationsQuery) -> NotificationPage:
        """Raises: AppError VALIDATION_ERROR for a forged cursor."""
        scope = f"notifications:{principal.user_id}:{query.unread_only}"
        before = self._position(scope, query.cursor)
        async with self._floor.database.connection() as connection:
            found = await queries.listed(
                connection, principal.user_id, unread_only=query.unread_only, before=before, limit=query.limit + 1
            )
            unread = await queries.count_unread(connection, principal.user_id)
        page = self._floor.cursors.page(scope, found, query.limit, lambda each: (each.created_at, each.id))
        return NotificationPage(data=page.data, pagination=page.pagination, unread_count=unread)

    async def read(self, principal: Principal, notification_id: UUID) -> ReadAnswer:
        """Raises: AppError NOTIFICATION_NOT_FOUND."""
        async with self._floor.database.connection() as connection:
            if not await queries.read(connection, principal.user_id, notification_id, self._floor.clock()):
                raise AppError(ErrorCode.NOTIFICATION_NOT_FOUND)
        return ReadAnswer(id=notification_id)

    async def read_all(self, principal: Principal) -> AllReadAnswer:
        async with self._floor.database.connection() as connection:
            marked = await queries.read_all(connection, principal.user_id, self._floor.clock())
        return AllReadAnswer(marked_read=marked)

    async def _push(self, connection: Connection, notice: Notice, notification_id: UUID) -> bool:
        recipient = await queries.recipient(connection, notice.user_id)
        if notice.push is None or recipient is None or not recipient.is_reachable:
            return False
        stamp = Stamp(
            priority=Priority.NOTIFICATION,
            not_before=None if notice.is_urgent else quiet_until(self._floor.clock(), recipient.timezone),
            notification_id=notification_id,
        )
        await put(connection, Address(recipient.user_id, recipient.telegram_id), [notice.push], stamp)
        return True

    def _position(self, scope: str, cursor: str | None) -> tuple[datetime, UUID] | None:
        if cursor is None:
            return None
        created_at, notification_id = self._floor.cursors.decode(scope, cursor)
        return datetime.fromisoformat(created_at), UUID(notification_id)

    async def _welcome(self, connection: Connection, event: UserRegistered) -> None:
        language = (await self._users.lock(connection, event.user_id)).native_language
        notice = Notice(
            user_id=event.user_id,
            type="welcome",
            title=i18n.text(language, "notifications.welcome.title"),
            message=i18n.text(language, "notifications.welcome.message"),
            dedupe_key=f"welcome:{event.user_id}",
        )
        await self.notify(connection, notice)

    async def _forget(self, connection: Connection, event: AccountErased) -> None:
        await queries.forget(connection, event.user_id)
        await outbox_queries.forget(connection, event.user_id)
