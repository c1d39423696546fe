"""SQL of ratings: lock, write, take back."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from langagent.core.database import Connection
from langagent.study.queue.models import Learner
from langagent.study.queue.queries import LEARNER_COLUMNS, SCHEDULE_COLUMNS, learner_of, schedule_of
from langagent.study.ratings.models import Given, Target, Undone
from langagent.study.scheduling import Schedule

TARGET: Final = f"""
    with p as materialized (
        select * from card_progress where user_id = $1 and card_id = $2 for update
    )
    select {LEARNER_COLUMNS}, {SCHEDULE_COLUMNS}, r.outcome
    from users u
    left join card_reviews r on r.user_id = u.id and r.client_id = $3
    left join readable_cards c on c.user_id = u.id and c.card_id = $2
    left join language_profiles l on l.user_id = u.id and l.deleted_at is null and l.id = coalesce(
        r.profile_id,
        case when c.is_own then c.profile_id
             when c.card_id is not null then (
                select a.id from language_profiles a where a.user_id = $1 and a.is_active and a.deleted_at is null
             ) end
    )
    left join p on true
    where u.id = $1
"""
_LOG_COLUMNS: Final = """
    user_id, card_id, profile_id, client_id, session_id, rating, source, reviewed_at, local_date, duration_ms,
    state_before, elapsed_seconds, interval_before, interval_after, stability_after, difficulty_after, outcome,
    is_scheduled, before
"""
_LOG_VALUES: Final = """
    $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::smallint, $7::varchar, $8::timestamptz, $9::date, $10::int,
    $11::smallint, $12::bigint, $13::int, $14::int, $15::float8, $16::float8, $17::jsonb
"""
WRITE: Final = f"""
    with written as (
        insert into card_progress (
            user_id, card_id, profile_id, last_rating, last_review, scheduled_days, stability, difficulty,
            state, step, due, reps, lapses, suspended, leech, introduced_on, created_at, updated_at
        )
        values ($1, $2, $3, $6, $8, $14, $15, $16, $18, $19, $20, $21, $22, $23, $24, $25, $26, $26)
        on conflict (user_id, card_id) do update set
            last_rating = excluded.last_rating, last_review = excluded.last_review,
            scheduled_days = excluded.scheduled_days, stability = excluded.stability, difficulty = excluded.difficulty,
            state = excluded.state, step = excluded.step, due = excluded.due, reps = excluded.reps,
            lapses = excluded.lapses, suspended = excluded.suspended, leech = excluded.leech,
            introduced_on = excluded.introduced_on, updated_at = excluded.updated_at
        where $27::boolean
        returning 1
    )
    insert into card_reviews ({_LOG_COLUMNS})
    select {_LOG_VALUES}, true,
        (select to_jsonb(p) from card_progress p where p.user_id = $1 and p.card_id = $2)
    from written
    on conflict (user_id, client_id) do nothing
    returning true
"""
_LOG_LATE: Final = f"""
    insert into card_reviews ({_LOG_COLUMNS}) values ({_LOG_VALUES}, false, null)
    on conflict (user_id, client_id) do nothing
    returning true
"""


async def target(connection: Connection, user_id: UUID, card_id: UUID, client_id: UUID) -> Target:
    """The card's schedule, locked until the transaction ends, and all that a rating needs to know."""
    row = await connection.fetchrow(TARGET, user_id, card_id, client_id)
    if row is None:
        return Target(None, None, None)
    learner = learner_of(row) if row["profile_id"] else None
    return Target(learner, schedule_of(row), row["outcome"])


async def write(
    connection: Connection,
    learner: Learner,
    given: Given,
    before: Schedule | None,
    after: Schedule,
    outcome: dict[str, Any],
    now: datetime,
) -> bool:
    """Stores the schedule and logs the rating; False when another device came first and nothing may be kept."""
    written = await connection.fetchval(
        WRITE,
        *_log_values(learner, given, before, after, outcome),
        after.state, after.step, after.due, after.reps, after.lapses, after.suspended, after.leech,
        after.introduced_on, now, before is not None,
    )  # fmt: skip
    return written is True


async def log_late(
    connection: Connection, learner: Learner, given: Given, schedule: Schedule, outcome: dict[str, Any]
) -> bool:
    """Logs a rating older than the card's last one; False when another device came first."""
    logged = await connection.fetchval(_LOG_LATE, *_log_values(learner, given, schedule, schedule, outcome))
    return logged is True


def _log_values(
    learner: Learner, given: Given, before: Schedule | None, after: Schedule, outcome: dict[str, Any]
) -> tuple[Any, ...]:
    elapsed = int((given.at - before.last_review).total_seconds()) if before and before.last_review else None
    return (
        learner.user_id, given.card_id, learner.profile_id, given.client_id, given.session_id, given.rating,
        given.source, given.at, given.day, given.duration_ms,
        before and before.state, elapsed, before and before.scheduled_days,
        after.scheduled_days, after.stability, after.difficulty, outcome,
    )  # fmt: skip


async def newest(connection: Connection, user_id: UUID, since: datetime) -> Undone | None:
    """The newest rating that made a card's schedule what it is now; both are locked."""
    row = await connection.fetchrow(
        """
        select r.id as review_id, r.card_id, r.profile_id, r.rating, r.local_date, r.duration_ms
        from language_profiles l
        join card_reviews r on r.user_id = l.user_id and r.profile_id = l.id and r.reviewed_at >= $2
        join card_progress p on p.user_id = r.user_id and p.card_id = r.card_id and p.last_review = r.reviewed_at
            and p.reps = coalesce((r.before ->> 'reps')::int, 0) + 1
        join readable_cards c on c.user_id = r.user_id and c.card_id = r.card_id
        where l.user_id = $1 and r.undone_at is null and r.is_scheduled
        order by r.reviewed_at desc, r.id desc
        limit 1
        for update of p, r
        """,
        user_id, since,
    )  # fmt: skip
    return Undone(**row) if row else None


async def restore(connection: Connection, review_id: int, now: datetime) -> None:
    """Puts the schedule back as it was before a rating, and marks the rating undone."""
    await connection.execute(
        """
        with undone as (
            update card_reviews set undone_at = $2 where id = $1 returning user_id, card_id, before
        ),
        removed as (
            delete from card_progress p using undone u
            where u.before is null and p.user_id = u.user_id and p.card_id = u.card_id
        )
        update card_progress p set
            (profile_id, state, step, stability, difficulty, due, last_review, scheduled_days, reps, lapses,
             last_rating, suspended, leech, introduced_on, created_at, updated_at)
            = (select b.profile_id, b.state, b.step, b.stability, b.difficulty, b.due, b.last_review,
                   b.scheduled_days, b.reps, b.lapses, b.last_rating, b.suspended, b.leech, b.introduced_on,
                   b.created_at, b.updated_at
               from jsonb_populate_record(p, u.before) b)
        from undone u
        where u.before is not null and p.user_id = u.user_id and p.card_id = u.card_id
        """,
        review_id, now,
    )  # fmt: skip
