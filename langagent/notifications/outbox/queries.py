"""SQL of the outbox, besides that of its queue."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from langagent.core.chat.models import Outgoing
from langagent.core.database import Connection
from langagent.core.queue.models import Claim
from langagent.core.queue.queries import completion
from langagent.notifications.outbox.models import Address, Delivery, Stamp


async def insert(connection: Connection, address: Address, messages: Sequence[Outgoing], stamp: Stamp) -> None:
    """Stores the messages in their order, and wakes the senders at commit."""
    await connection.execute(
        """
        with entries as (
            insert into outbox (user_id, chat_id, method, payload, priority, not_before, dedupe_key, notification_id)
            select $1, $2, method, payload, $5, coalesce($6, now()),
                   $7 || case place when 1 then '' else '/' || place end, $8
            from unnest($3::text[], $4::jsonb[]) with ordinality as message (method, payload, place)
            order by place
            on conflict (dedupe_key) do nothing
            returning true
        )
        select pg_notify('outbox', '') from entries limit 1
        """,
        address.user_id, address.chat_id,
        [message.method for message in messages], [message.payload for message in messages],
        stamp.priority, stamp.not_before, stamp.dedupe_key, stamp.notification_id,
    )  # fmt: skip


async def insert_and_complete(
    connection: Connection, claim: Claim, address: Address, messages: Sequence[Outgoing]
) -> bool:
    """Stores the messages and marks the claimed row as done; neither when the claim is lost, which is False."""
    return (
        await connection.fetchval(
            f"""
            with completed as ({completion(claim.table)}),
            entries as (
                insert into outbox (user_id, chat_id, method, payload)
                select $3, $4, method, payload
                from completed, unnest($5::text[], $6::jsonb[]) with ordinality as message (method, payload, place)
                order by place
            )
            select exists (select from completed)
            """,
            claim.key, claim.number, address.user_id, address.chat_id,
            [message.method for message in messages], [message.payload for message in messages],
        )
        is True
    )  # fmt: skip


async def record(connection: Connection, deliveries: Sequence[Delivery]) -> set[int]:
    """Closes claimed rows; the answer has those whose claims still held.

    What was said, sign-in links among it, is kept only of messages that Telegram refused.
    """
    rows = await connection.fetch(
        """
        update outbox set
            status = delivery.status, telegram_message_id = delivery.message_id, error = delivery.error,
            payload = case delivery.status when 'failed' then payload else '{}' end,
            claimed_by = null, claimed_until = null,
            done_at = now(), failed_at = case delivery.status when 'failed' then now() end
        from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::text[])
            as delivery (id, claim_no, status, message_id, error)
        where outbox.id = delivery.id and outbox.claim_no = delivery.claim_no and claimed_by is not null
        returning outbox.id
        """,
        [delivery.id for delivery in deliveries], [delivery.claim_no for delivery in deliveries],
        [delivery.status for delivery in deliveries], [delivery.message_id for delivery in deliveries],
        [delivery.error for delivery in deliveries],
    )  # fmt: skip
    return {row["id"] for row in rows}


async def skip(connection: Connection, chat_id: int) -> None:
    """Closes what waits for a chat that cannot be reached; not the row in hand."""
    await connection.execute(
        """
        update outbox set status = 'skipped', done_at = now(), claimed_until = null, payload = '{}'
        where chat_id = $1 and done_at is null and claimed_by is null
        """,
        chat_id,
    )


async def mark_failed(connection: Connection, row_id: int) -> None:
    await connection.execute("update outbox set status = 'failed' where id = $1", row_id)


async def purge(connection: Connection, *, life: timedelta) -> None:
    await connection.execute("delete from outbox where done_at < now() - $1::interval", life)


async def forget(connection: Connection, user_id: UUID) -> None:
    """Deletes all that was or would be sent to a learner."""
    await connection.execute("delete from outbox where user_id = $1", user_id)
