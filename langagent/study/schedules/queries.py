"""SQL of schedules: suspend, resume, reset, export."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from langagent.core.database import Connection

EXPORT_PAGE: Final = 1000


async def suspend(connection: Connection, user_id: UUID, card_id: UUID, now: datetime) -> None:
    """Suspends a readable card, also one without a schedule."""
    await connection.execute(
        """
        insert into card_progress (user_id, card_id, profile_id, state, step, due, suspended, created_at, updated_at)
        select c.user_id, c.card_id, l.id, 1, 0, $3, true, $3, $3
        from readable_cards c
        join language_profiles l on l.user_id = c.user_id and l.deleted_at is null
            and case when c.is_own then l.id = c.profile_id else l.is_active end
        where c.user_id = $1 and c.card_id = $2
        on conflict (user_id, card_id) do update set suspended = true, updated_at = excluded.updated_at
        """,
        user_id, card_id, now,
    )  # fmt: skip


async def resume(connection: Connection, user_id: UUID, card_id: UUID, now: datetime) -> None:
    """Resumes a card; one that was suspended before its first rating is new again."""
    await connection.execute(
        """
        with unrated as (
            delete from card_progress where user_id = $1 and card_id = $2 and suspended and reps = 0
        )
        update card_progress set suspended = false, updated_at = $3
        where user_id = $1 and card_id = $2 and suspended and reps > 0
        """,
        user_id, card_id, now,
    )  # fmt: skip


async def reset(connection: Connection, user_id: UUID, card_id: UUID) -> None:
    """Removes a schedule: the card is new again, its log stays."""
    await connection.execute("delete from card_progress where user_id = $1 and card_id = $2", user_id, card_id)


async def exported_schedules(connection: Connection, user_id: UUID) -> AsyncIterator[Mapping[str, Any]]:
    """All schedules of a learner, a page at a time."""
    after = UUID(int=0)
    while True:
        rows = await connection.fetch(
            """
            select card_id, profile_id, state, step, stability, difficulty, due, last_review, scheduled_days, reps,
                lapses, last_rating, suspended, leech, introduced_on, created_at, updated_at
            from card_progress where user_id = $1 and card_id > $2 order by card_id limit $3
            """,
            user_id, after, EXPORT_PAGE,
        )  # fmt: skip
        for row in rows:
            yield dict(row)
        if len(rows) < EXPORT_PAGE:
            return
        after = rows[-1]["card_id"]


async def exported_reviews(connection: Connection, user_id: UUID) -> AsyncIterator[Mapping[str, Any]]:
    """The whole log of a learner, a page at a time."""
    after = UUID(int=0)
    while True:
        rows = await connection.fetch(
            """
            select client_id, card_id, profile_id, session_id, rating, state_before, elapsed_seconds, interval_before,
                interval_after, stability_after, difficulty_after, duration_ms, source, reviewed_at, local_date,
                undone_at
            from card_reviews where user_id = $1 and client_id > $2 order by client_id limit $3
            """,
            user_id, after, EXPORT_PAGE,
        )  # fmt: skip
        for row in rows:
            yield dict(row)
        if len(rows) < EXPORT_PAGE:
            return
        after = rows[-1]["client_id"]
