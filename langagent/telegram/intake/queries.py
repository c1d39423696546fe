"""SQL of the inbox, besides that of its queue."""

from collections.abc import Sequence
from datetime import timedelta

from langagent.core.database import Connection
from langagent.telegram.intake.updates import Update


async def insert(connection: Connection, updates: Sequence[Update]) -> None:
    """Stores the updates that are new, and wakes the workers."""
    await connection.execute(
        """
        with entries as (
            insert into tg_inbox (update_id, chat_key, kind, payload)
            select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::json[])
            on conflict do nothing
            returning true
        )
        select pg_notify('tg_inbox', '') from entries limit 1
        """,
        [update.update_id for update in updates], [update.chat_key for update in updates],
        [update.kind for update in updates], [update.payload for update in updates],
    )  # fmt: skip


async def purge(connection: Connection, *, life: timedelta) -> None:
    await connection.execute("delete from tg_inbox where done_at < now() - $1::interval", life)
