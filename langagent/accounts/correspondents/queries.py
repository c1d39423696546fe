"""SQL of those who write to the bot."""

from collections.abc import Sequence
from datetime import datetime

from langagent.accounts.correspondents.models import Correspondent
from langagent.accounts.plans.queries import EFFECTIVE_PLAN
from langagent.core.database import Connection


async def find(connection: Connection, telegram_ids: Sequence[int], now: datetime) -> dict[int, Correspondent]:
    """Those who have an account, by Telegram id."""
    rows = await connection.fetch(
        f"""
        select u.telegram_id, u.id, u.native_language, u.timezone, {EFFECTIVE_PLAN} as plan, u.is_admin,
               u.blocked_at is not null as is_blocked, u.unreachable_since is not null as is_unreachable,
               u.first_name, u.last_name, u.username, u.language_code, u.last_activity
        from users u
        where u.telegram_id = any($2::bigint[]) and u.deleted_at is null
        """,
        now, telegram_ids,
    )  # fmt: skip
    return {row["telegram_id"]: Correspondent(**row) for row in rows}


async def mark_unreachable(connection: Connection, telegram_id: int, now: datetime) -> None:
    """The bot may not write to them, from now on if it was not so before."""
    await connection.execute(
        """
        update users set unreachable_since = $2
        where telegram_id = $1 and deleted_at is null and unreachable_since is null
        """,
        telegram_id, now,
    )  # fmt: skip


async def mark_reachable(connection: Connection, telegram_id: int) -> None:
    await connection.execute(
        """
        update users set unreachable_since = null
        where telegram_id = $1 and deleted_at is null and unreachable_since is not null
        """,
        telegram_id,
    )
