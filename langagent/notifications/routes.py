"""Notifications over HTTP."""

from dataclasses import dataclass

from langagent.core.errors import ErrorCode
from langagent.core.http.operation import Call, Operation
from langagent.core.http.schemas import NoBody, NoQuery
from langagent.notifications.models import AllReadAnswer, NotificationPage, NotificationsQuery, ReadAnswer
from langagent.notifications.service import Notifications

_PATH = "/api/notifications"


@dataclass(frozen=True, slots=True)
class NotificationRoutes:
    notifications: Notifications

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "GET",
                _PATH,
                self.listed,
                "Notifications, newest first",
                query=NotificationsQuery,
                answer=NotificationPage,
            ),
            Operation("POST", f"{_PATH}/read-all", self.read_all, "Mark all as read", answer=AllReadAnswer),
            Operation(
                "POST",
                f"{_PATH}/{{id:uuid}}/read",
                self.read,
                "Mark one as read",
                answer=ReadAnswer,
                errors=(ErrorCode.NOTIFICATION_NOT_FOUND,),
            ),
        )

    async def listed(self, call: Call[NoBody, NotificationsQuery]) -> NotificationPage:
        return await self.notifications.listed(call.principal, call.query)

    async def read(self, call: Call[NoBody, NoQuery]) -> ReadAnswer:
        return await self.notifications.read(call.principal, call.id())

    async def read_all(self, call: Call[NoBody, NoQuery]) -> AllReadAnswer:
        return await self.notifications.read_all(call.principal)
