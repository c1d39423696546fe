"""SQL of session summaries."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from langagent.core.database import Connection
from langagent.study.sessions.models import Knowledge, Latest, Standing, Tally


async def tally(connection: Connection, user_id: UUID, session_id: UUID) -> Tally:
    """The ratings of a session, zeros when it has none or is somebody else's."""
    row = await connection.fetchrow(
        """
        select
            count(distinct card_id) as studied,
            count(*) filter (where rating = 1) as again,
            count(*) filter (where rating = 2) as hard,
            count(*) filter (where rating = 3) as good,
            count(*) filter (where rating = 4) as easy,
            count(*) filter (where state_before is null) as new_learned,
            coalesce(sum(duration_ms), 0) as duration_ms
        from card_reviews
        where session_id = $1 and user_id = $2 and undone_at is null
        """,
        session_id, user_id,
    )  # fmt: skip
    return Tally(**row)


async def latest(connection: Connection, user_id: UUID) -> Latest | None:
    """The newest rating in the active profile."""
    row = await connection.fetchrow(
        """
        select r.session_id, r.reviewed_at as rated_at
        from language_profiles l join card_reviews r on r.user_id = l.user_id and r.profile_id = l.id
        where l.user_id = $1 and l.is_active and l.deleted_at is null and r.undone_at is null
        order by r.reviewed_at desc limit 1
        """,
        user_id,
    )
    return Latest(**row) if row else None


async def knowledge(connection: Connection, profile_ids: Sequence[UUID]) -> list[Knowledge]:
    rows = await connection.fetch(
        """
        select l.id as profile_id, l.current_level, (
            select count(*) from card_progress p where p.profile_id = l.id and p.state = 2 and p.stability >= 7
        ) as known
        from language_profiles l where l.id = any($1)
        """,
        profile_ids,
    )
    return [Knowledge(**row) for row in rows]


async def standing(connection: Connection, user_id: UUID, session_id: UUID, now: datetime) -> Standing | None:
    """The profile a session was in, the active one when it has no ratings; None before onboarding."""
    row = await connection.fetchrow(
        """
        select l.current_level,
            (select count(*) from card_progress p
             where p.profile_id = l.id and p.state = 2 and p.stability >= 7) as known,
            (select min(p.due) from card_progress p
             where p.profile_id = l.id and not p.suspended and p.due > $3) as next_due_at
        from language_profiles l
        where l.user_id = $1 and l.deleted_at is null and l.id = coalesce(
            (select r.profile_id from card_reviews r where r.session_id = $2 and r.user_id = $1 limit 1),
            (select a.id from language_profiles a where a.user_id = $1 and a.is_active and a.deleted_at is null)
        )
        """,
        user_id, session_id, now,
    )  # fmt: skip
    return Standing(**row) if row else None
