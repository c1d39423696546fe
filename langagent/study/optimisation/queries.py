"""SQL of the optimiser."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from langagent.core.database import Connection
from langagent.study.optimisation.models import Candidate, LoggedReview, Rescheduled


async def count(connection: Connection, user_id: UUID, profile_id: UUID) -> int:
    """Ratings of a profile that were scheduled and not undone."""
    found: int = await connection.fetchval(
        """
        select count(*) from card_reviews
        where user_id = $1 and profile_id = $2 and undone_at is null and is_scheduled
        """,
        user_id, profile_id,
    )  # fmt: skip
    return found


async def reviews(connection: Connection, user_id: UUID, profile_id: UUID) -> list[LoggedReview]:
    """The same ratings, card by card in order of time."""
    rows = await connection.fetch(
        """
        select card_id, rating, reviewed_at, state_before is null as is_first from card_reviews
        where user_id = $1 and profile_id = $2 and undone_at is null and is_scheduled
        order by card_id, reviewed_at, id
        """,
        user_id, profile_id,
    )  # fmt: skip
    return [LoggedReview(**row) for row in rows]


async def candidates(
    connection: Connection, after: UUID, optimised_before: datetime, fewest: int, fewest_new: int, limit: int
) -> list[Candidate]:
    """The next profiles in order of their ids that were not optimised since ``optimised_before``."""
    rows = await connection.fetch(
        """
        select l.id as profile_id, l.user_id, exists (
            select from card_reviews r
            where r.user_id = l.user_id and r.profile_id = l.id and r.undone_at is null and r.is_scheduled
            offset greatest($3, l.fsrs_review_count + $4) - 1
        ) as is_due
        from language_profiles l
        where l.id > $1 and l.deleted_at is null and coalesce(l.fsrs_optimised_at, '-infinity') < $2
        order by l.id limit $5
        """,
        after, optimised_before, fewest, fewest_new, limit,
    )  # fmt: skip
    return [Candidate(**row) for row in rows]


async def reschedule(
    connection: Connection, user_id: UUID, profile_id: UUID, cards: Sequence[Rescheduled], now: datetime
) -> int:
    """Gives cards in review their new memory and date; how many were still as the log said."""
    schedules = [card.schedule for card in cards]
    moved: int = await connection.fetchval(
        """
        with moved as (
            update card_progress p set stability = n.stability, difficulty = n.difficulty, due = n.due,
                scheduled_days = n.scheduled_days, updated_at = $3
            from unnest($4::uuid[], $5::timestamptz[], $6::float8[], $7::float8[], $8::timestamptz[], $9::int[])
                as n (card_id, last_review, stability, difficulty, due, scheduled_days)
            where p.user_id = $1 and p.card_id = n.card_id and p.profile_id = $2 and p.state = 2
                and not p.suspended and p.last_review = n.last_review
            returning true
        )
        select count(*) from moved
        """,
        user_id, profile_id, now,
        [card.card_id for card in cards],
        [schedule.last_review for schedule in schedules],
        [schedule.stability for schedule in schedules],
        [schedule.difficulty for schedule in schedules],
        [schedule.due for schedule in schedules],
        [schedule.scheduled_days for schedule in schedules],
    )  # fmt: skip
    return moved


async def parameters(connection: Connection, profile_id: UUID) -> list[float] | None:
    found: list[float] | None = await connection.fetchval(
        "select fsrs_parameters from language_profiles where id = $1", profile_id
    )
    return found


async def remember(
    connection: Connection, profile_id: UUID, parameters: tuple[float, ...] | None, review_count: int, now: datetime
) -> None:
    """Notes an optimisation; ``parameters`` None keeps the current ones."""
    await connection.execute(
        """
        update language_profiles
        set fsrs_parameters = coalesce($2, fsrs_parameters), fsrs_review_count = $3, fsrs_optimised_at = $4
        where id = $1
        """,
        profile_id, parameters, review_count, now,
    )  # fmt: skip
