"""What waits to be sent, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Final
from uuid import UUID

from langagent.core.queue.models import QueueTable

TABLE: Final = QueueTable(name="outbox", key="id", lane="chat_id", order="position", channel="outbox")


class Priority(IntEnum):
    """What is sent first when more waits than may be sent."""

    REPLY = 0
    NOTIFICATION = 1
    BULK = 2


class Status(StrEnum):
    """What became of a row; a pending one may be in a sender's hands."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Address:
    """Whose chat something is sent to."""

    user_id: UUID | None
    chat_id: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """How a message is sent.

    Attributes:
        not_before: None for at once.
        dedupe_key: messages that are stored with this key once are not stored again.
    """

    priority: Priority = Priority.REPLY
    not_before: datetime | None = None
    dedupe_key: str | None = None
    notification_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a claimed row."""

    id: int
    claim_no: int
    status: Status
    message_id: int | None = None
    error: str | None = None
