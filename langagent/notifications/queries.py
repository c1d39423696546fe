"""SQL of notifications."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from langagent.core.database import Connection
from langagent.notifications.models import Notice, NotificationAnswer

_LAST = UUID(int=2**128 - 1)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a notification reaches, and how.

    Attributes:
        is_reachable: the bot may write to them.
    """

    user_id: UUID
    telegram_id: int
    timezone: str
    is_reachable: bool


async def recipient(connection: Connection, user_id: UUID) -> Recipient | None:
    row = await connection.fetchrow(
        """
        select id as user_id, telegram_id, timezone, unreachable_since is null as is_reachable
        from users where id = $1 and deleted_at is null
        """,
        user_id,
    )
    return Recipient(**row) if row else None


async def insert(connection: Connection, notice: Notice, now: datetime) -> UUID | None:
    """None when a notification with the same dedupe key exists."""
    found: UUID | None = await connection.fetchval(
        """
        insert into notifications (user_id, type, title, message, data, dedupe_key, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (dedupe_key) do nothing
        returning id
        """,
        notice.user_id, notice.type, notice.title, notice.message, notice.data, notice.dedupe_key, now,
    )  # fmt: skip
    return found


async def listed(
    connection: Connection, user_id: UUID, *, unread_only: bool, before: tuple[datetime, UUID] | None, limit: int
) -> Sequence[NotificationAnswer]:
    """Newest first; ``before`` is the position of the last one shown."""
    rows = await connection.fetch(
        """
        select id, type, title, message, data, created_at, is_read, read_at from notifications
        where user_id = $1 and (created_at, id) < (coalesce($3, 'infinity'::timestamptz), $4::uuid)
          and not (is_read and $2)
        order by created_at desc, id desc limit $5
        """,
        user_id, unread_only, before and before[0], before[1] if before else _LAST, limit,
    )  # fmt: skip
    return [NotificationAnswer(**row) for row in rows]


async def count_unread(connection: Connection, user_id: UUID) -> int:
    count: int = await connection.fetchval(
        "select count(*) from notifications where user_id = $1 and not is_read", user_id
    )
    return count


async def read(connection: Connection, user_id: UUID, notification_id: UUID, now: datetime) -> bool:
    """Marks one as read; False when the learner has none with this id."""
    found = await connection.fetchval(
        """
        update notifications set is_read = true, read_at = coalesce(read_at, $3)
        where id = $2 and user_id = $1 returning true
        """,
        user_id, notification_id, now,
    )  # fmt: skip
    return found is True


async def read_all(connection: Connection, user_id: UUID, now: datetime) -> int:
    """Marks all as read; gives how many were not."""
    count: int = await connection.fetchval(
        """
        with marked as (
            update notifications set is_read = true, read_at = $2 where user_id = $1 and not is_read returning true
        )
        select count(*) from marked
        """,
        user_id, now,
    )  # fmt: skip
    return count


async def purge(connection: Connection, *, life: timedelta) -> None:
    await connection.execute("delete from notifications where created_at < now() - $1::interval", life)


async def forget(connection: Connection, user_id: UUID) -> None:
    await connection.execute("delete from notifications where user_id = $1", user_id)


async def exported(connection: Connection, user_id: UUID) -> AsyncIterator[dict[str, Any]]:
    rows = await connection.fetch(
        """
        select type, title, message, data, is_read, created_at from notifications
        where user_id = $1 order by created_at, id
        """,
        user_id,
    )
    for row in rows:
        yield dict(row)
