"""SQL of the optimiser."""

from datetime import datetime
from uuid import UUID

from langagent.core.database import Connection
from langagent.study.optimisation.models import LoggedReview


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
