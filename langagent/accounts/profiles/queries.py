"""SQL of language profiles."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Final
from uuid import UUID

from langagent.accounts.profiles.models import Profile
from langagent.core.database import Connection, Row

_COLUMNS: Final = """
    id, user_id, language, current_level, target_level, goals, tutor_language, is_active, active_deck_id,
    desired_retention::float8 as desired_retention, new_cards_per_day, new_card_order, max_interval_days,
    fsrs_parameters, fsrs_review_count, streak, created_at, updated_at
"""


def _profile(row: Row) -> Profile:
    values = dict(row)
    values["goals"] = tuple(values["goals"])
    if values["fsrs_parameters"] is not None:
        values["fsrs_parameters"] = tuple(values["fsrs_parameters"])
    return Profile(**values)


async def listed(connection: Connection, user_id: UUID) -> list[Profile]:
    """Live profiles: the active one first, then the oldest."""
    rows = await connection.fetch(
        f"""
        select {_COLUMNS} from language_profiles
        where user_id = $1 and deleted_at is null order by is_active desc, created_at, id
        """,
        user_id,
    )
    return [_profile(row) for row in rows]


async def active(connection: Connection, user_id: UUID) -> Profile | None:
    row = await connection.fetchrow(
        f"select {_COLUMNS} from language_profiles where user_id = $1 and is_active and deleted_at is null", user_id
    )
    return _profile(row) if row else None


async def owned(connection: Connection, user_id: UUID, profile_id: UUID) -> Profile | None:
    row = await connection.fetchrow(
        f"select {_COLUMNS} from language_profiles where id = $2 and user_id = $1 and deleted_at is null",
        user_id, profile_id,
    )  # fmt: skip
    return _profile(row) if row else None


async def count(connection: Connection, user_id: UUID) -> int:
    found: int = await connection.fetchval(
        "select count(*) from language_profiles where user_id = $1 and deleted_at is null", user_id
    )
    return found


async def insert(connection: Connection, user_id: UUID, values: Mapping[str, Any]) -> Profile | None:
    """The new profile, active when it is the learner's only one; None when the language is already studied."""
    row = await connection.fetchrow(
        f"""
        insert into language_profiles (user_id, language, current_level, target_level, goals, is_active)
        values ($1, $2, $3, $4, $5, not exists (
            select from language_profiles where user_id = $1 and is_active and deleted_at is null))
        on conflict (user_id, language) where deleted_at is null do nothing
        returning {_COLUMNS}
        """,
        user_id, values["language"], values["current_level"], values["target_level"], values["goals"],
    )  # fmt: skip
    return _profile(row) if row else None


async def change(connection: Connection, profile_id: UUID, changes: Mapping[str, Any]) -> Profile:
    """Writes the columns that ``changes`` names; those of `ProfileChanges` are known here."""
    row = await connection.fetchrow(
        f"""
        update language_profiles p set (
            current_level, target_level, goals, tutor_language, desired_retention, new_cards_per_day, new_card_order,
            max_interval_days
        ) = (
            select current_level, target_level, goals, tutor_language, desired_retention, new_cards_per_day,
                   new_card_order, max_interval_days
            from jsonb_populate_record(p, $2)
        )
        where id = $1 returning {_COLUMNS}
        """,
        profile_id, changes,
    )  # fmt: skip
    return _profile(row)


async def activate(connection: Connection, user_id: UUID, profile_id: UUID) -> None:
    """Two statements: at no moment may two profiles be active."""
    await connection.execute(
        "update language_profiles set is_active = false where user_id = $1 and is_active and deleted_at is null",
        user_id,
    )
    await connection.execute("update language_profiles set is_active = true where id = $1", profile_id)


async def set_active_deck(connection: Connection, profile_id: UUID, deck_id: UUID) -> None:
    await connection.execute("update language_profiles set active_deck_id = $2 where id = $1", profile_id, deck_id)


async def soft_delete(connection: Connection, profile_id: UUID) -> None:
    await connection.execute(
        "update language_profiles set deleted_at = now(), is_active = false where id = $1", profile_id
    )


async def exported(connection: Connection, user_id: UUID) -> AsyncIterator[dict[str, Any]]:
    rows = await connection.fetch(
        """
        select id, language, current_level, target_level, goals, tutor_language, is_active, desired_retention::float8,
               new_cards_per_day, new_card_order, max_interval_days, fsrs_parameters, streak, best_streak,
               total_active_days, last_activity_date, learner_notes, created_at, deleted_at
        from language_profiles where user_id = $1 order by created_at
        """,
        user_id,
    )
    for row in rows:
        yield dict(row)


async def purge(connection: Connection) -> None:
    """Deletes profiles that were left 30 days ago, with all that belongs to them."""
    await connection.execute("delete from language_profiles where deleted_at < now() - interval '30 days'")
