"""Notifications and what the API says of them."""

from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from langagent.core.chat.models import Outgoing
from langagent.core.http.schemas import Answer, Moment, Page, PageQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a room wants a learner to know.

    Attributes:
        dedupe_key: at most one notification with this key is ever made.
        push: what is also sent to the chat.
        is_urgent: it is sent in quiet hours, too.
    """

    user_id: UUID
    type: str
    title: str
    message: str
    data: dict[str, Any] = field(default_factory=dict)
    dedupe_key: str | None = None
    push: Outgoing | None = None
    is_urgent: bool = False


class NotificationAnswer(Answer):
    id: UUID
    type: str
    title: str
    message: str
    data: dict[str, Any]
    created_at: Moment
    is_read: bool
    read_at: Moment | None


class NotificationPage(Page[NotificationAnswer]):
    """Newest first."""

    unread_count: int


class NotificationsQuery(PageQuery):
    unread_only: bool = False


class ReadAnswer(Answer):
    id: UUID
    is_read: Literal[True] = True


class AllReadAnswer(Answer):
    """How many had not been read."""

    marked_read: int
