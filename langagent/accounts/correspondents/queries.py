"""SQL of those who write to the bot."""

# ruff: noqa: S608 (only a fragment of ours is put into the text)

from datetime import datetime

from langagent.accounts.correspondents.models import Correspondent
from langagent.accounts.plans.queries import EFFECTIVE_PLAN
from langagent.core.database import Connection


async def find(connection: Connection, telegram_id: int, now: datetime) -> Correspondent | None:
    row = await connection.fetchrow(
        f"""
        select u.id, u.native_language, u.timezone, {EFFECTIVE_PLAN} as plan, u.is_admin,
               u.blocked_at is not null as is_blocked, u.unreachable_since is not null as is_unreachable,
               u.first_name, u.last_name, u.username, u.language_code, u.last_activity
        from users u
        where u.telegram_id = $2 and u.deleted_at is null
        """,
        now, telegram_id,
    )  # fmt: skip
    return Correspondent(**row) if row else None


async def set_unreachable_since(connection: Connection, telegram_id: int, moment: datetime | None) -> None:
    """The moment since when the bot may not write; the earliest counts. None: it may write."""
    await connection.execute(
        """
        update users set unreachable_since = case when $2::timestamptz is null then null
                                                  else coalesce(unreachable_since, $2) end
        where telegram_id = $1 and deleted_at is null and (unreachable_since is null) <> ($2 is null)
        """,
        telegram_id, moment,
    )  # fmt: skip
