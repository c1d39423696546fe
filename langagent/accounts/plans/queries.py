"""SQL of entitlements: which plan a learner has, and where it comes from."""

from datetime import datetime
from typing import Final
from uuid import UUID

from langagent.accounts.plans.models import Entitlements
from langagent.core.database import Connection

# The highest plan at the moment $1 of the user `u`; "premium" sorts after "basic". Admins have Premium.
EFFECTIVE_PLAN: Final = """
    case when u.is_admin then 'premium' else coalesce((
        select max(e.plan) from entitlements e
        where e.user_id = u.id and e.starts_at <= $1 and e.revoked_at is null and (e.ends_at is null or e.ends_at > $1)
    ), 'free') end
"""


async def entitlements(connection: Connection, user_id: UUID, now: datetime) -> Entitlements:
    """Of several rows the highest plan counts, and of those the longest."""
    row = await connection.fetchrow(
        """
        select coalesce(best.plan, 'free') as plan, best.source, best.ends_at, trial.ends_at as trial_ends_at
        from (values ($2::uuid)) as asked (user_id)
        left join lateral (
            select plan, source, ends_at from entitlements
            where user_id = asked.user_id and starts_at <= $1 and revoked_at is null
              and (ends_at is null or ends_at > $1)
            order by plan desc, ends_at desc nulls first limit 1
        ) best on true
        left join lateral (
            select max(ends_at) as ends_at from entitlements
            where user_id = asked.user_id and source = 'trial' and revoked_at is null
        ) trial on true
        """,
        now, user_id,
    )  # fmt: skip
    return Entitlements(**row)


async def grant_trial(
    connection: Connection, user_id: UUID, telegram_hash: bytes, now: datetime, ends_at: datetime
) -> bool:
    """Gives the trial unless this Telegram account ever had one; True when it was given."""
    granted = await connection.fetchval(
        """
        with registered as (
            insert into trial_registry (telegram_hash, granted_at) values ($1, $2) on conflict do nothing returning true
        )
        insert into entitlements (user_id, plan, source, source_ref, starts_at, ends_at)
        select $3::uuid, 'premium', 'trial', $3::uuid::text, $2, $4 from registered
        returning true
        """,
        telegram_hash, now, user_id, ends_at,
    )  # fmt: skip
    return granted is True
