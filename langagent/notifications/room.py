"""The notifications' room, built whole."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from langagent.accounts.room import Accounts
from langagent.core.database import Connection
from langagent.core.floor import Floor
from langagent.core.http.operation import Operation
from langagent.jobs.tasks import Purge
from langagent.notifications import queries
from langagent.notifications.outbox import queries as outbox_queries
from langagent.notifications.routes import NotificationRoutes
from langagent.notifications.service import Notifications

NOTIFICATION_LIFE: Final = timedelta(days=90)
OUTBOX_LIFE: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class NotificationRoom:
    """What the rooms above build on."""

    notifications: Notifications
    operations: tuple[Operation, ...]
    purges: tuple[Purge, ...]


def open_notifications(floor: Floor, accounts: Accounts) -> NotificationRoom:
    notifications = Notifications(floor, accounts.users)
    accounts.personal.collect("notifications", queries.exported)
    return NotificationRoom(
        notifications=notifications,
        operations=NotificationRoutes(notifications).operations(),
        purges=(_purge_notifications, _purge_outbox),
    )


async def _purge_notifications(connection: Connection) -> None:
    await queries.purge(connection, life=NOTIFICATION_LIFE)


async def _purge_outbox(connection: Connection) -> None:
    await outbox_queries.purge(connection, life=OUTBOX_LIFE)
