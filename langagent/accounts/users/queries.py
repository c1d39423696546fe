"""SQL of users."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from langagent.accounts.users.models import NativeLanguage, TelegramPerson, User, UserSettings
from langagent.core.database import Connection

_COLUMNS: Final = """
    id, telegram_id, first_name, last_name, username, native_language, timezone, timezone_source, timezone_changed_at,
    theme, audio_autoplay, card_side, session_card_count, session_exercise_count,
    notify_streak, notify_groups, notify_billing, notify_progress, is_admin, blocked_at, consent_version, created_at
"""


async def enter(
    connection: Connection,
    person: TelegramPerson,
    *,
    native_language: NativeLanguage,
    timezone: str,
    is_from_browser: bool,
    is_admin: bool,
    now: datetime,
) -> tuple[User, bool]:
    """The live account of ``person``, made or refreshed, and whether it is new.

    Two first sign-ins at once meet at the unique index: one makes the account, the other finds it.
    """
    row = await connection.fetchrow(
        f"""
        insert into users as u (
            telegram_id, first_name, last_name, username, language_code, native_language, timezone, timezone_source,
            is_admin, last_activity, created_at
        )
        values ($1, $2, $3, $4, $5, $6, $7, case when $8 then 'browser' else 'guess' end, $9, $10, $10)
        on conflict (telegram_id) where deleted_at is null do update set
            first_name = excluded.first_name,
            last_name = excluded.last_name,
            username = excluded.username,
            language_code = coalesce(excluded.language_code, u.language_code),
            timezone = case when $8 and u.timezone_source <> 'user' then excluded.timezone else u.timezone end,
            timezone_source = case when $8 and u.timezone_source <> 'user' then 'browser' else u.timezone_source end,
            is_admin = u.is_admin or excluded.is_admin,
            last_activity = excluded.last_activity
        returning {_COLUMNS}, (xmax = 0) as is_new
        """,
        person.telegram_id, person.first_name, person.last_name, person.username, person.language_code,
        native_language, timezone, is_from_browser, is_admin, now,
    )  # fmt: skip
    values = dict(row)
    is_new = values.pop("is_new")
    return _user(values), is_new


def _user(row: Mapping[str, Any]) -> User:
    values = dict(row)
    settings = UserSettings(**{name: values.pop(name) for name in UserSettings.model_fields})
    return User(**values, settings=settings)


async def find(connection: Connection, user_id: UUID) -> User | None:
    row = await connection.fetchrow(f"select {_COLUMNS} from users where id = $1 and deleted_at is null", user_id)
    return _user(row) if row else None


async def lock(connection: Connection, user_id: UUID) -> User | None:
    """The user, whom no other transaction changes or counts for until this one ends."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from users where id = $1 and deleted_at is null for no key update", user_id
    )
    return _user(row) if row else None


async def change(connection: Connection, user_id: UUID, changes: Mapping[str, Any]) -> None:
    """Writes the columns that ``changes`` names; those that a learner may set are known here."""
    await connection.execute(
        """
        update users u set (
            first_name, last_name, native_language, timezone, timezone_source, timezone_changed_at, theme,
            audio_autoplay, card_side, session_card_count, session_exercise_count,
            notify_streak, notify_groups, notify_billing, notify_progress, consent_version, consent_at
        ) = (
            select first_name, last_name, native_language, timezone, timezone_source, timezone_changed_at, theme,
                   audio_autoplay, card_side, session_card_count, session_exercise_count,
                   notify_streak, notify_groups, notify_billing, notify_progress, consent_version, consent_at
            from jsonb_populate_record(u, $2)
        )
        where id = $1
        """,
        user_id, changes,
    )  # fmt: skip


async def studies(connection: Connection, user_id: UUID, language: str) -> bool:
    found: bool = await connection.fetchval(
        "select exists (select from language_profiles where user_id = $1 and language = $2 and deleted_at is null)",
        user_id, language,
    )  # fmt: skip
    return found


async def appoint_admins(connection: Connection, telegram_ids: Sequence[int]) -> list[UUID]:
    """Marks these accounts as admins; gives those that were not."""
    rows = await connection.fetch(
        """
        update users set is_admin = true
        where telegram_id = any($1::bigint[]) and deleted_at is null and not is_admin returning id
        """,
        list(telegram_ids),
    )
    return [row["id"] for row in rows]


async def erase(connection: Connection, user_id: UUID, now: datetime) -> None:
    """Blanks the person at once and remembers the id for restores."""
    await connection.execute(
        """
        with remembered as (
            insert into erased_accounts (user_id, erased_at) values ($1, $2) on conflict do nothing
        )
        update users set deleted_at = $2, telegram_id = null, first_name = '', last_name = null, username = null,
               language_code = null
        where id = $1
        """,
        user_id, now,
    )  # fmt: skip


async def purge(connection: Connection, user_id: UUID) -> None:
    """Deletes an erased account and, by foreign keys, all that belongs to it."""
    await connection.execute("delete from users where id = $1 and deleted_at is not null", user_id)


async def freeze(connection: Connection) -> None:
    """Lets the rest of this transaction read one moment of the database, and write nothing."""
    await connection.execute("set transaction isolation level repeatable read, read only")


async def exported(connection: Connection, user_id: UUID) -> dict[str, Any]:
    row = await connection.fetchrow(
        """
        select id, telegram_id, first_name, last_name, username, language_code, native_language, timezone,
               timezone_source, theme, audio_autoplay, card_side, session_card_count, session_exercise_count,
               notify_streak, notify_groups, notify_billing, notify_progress, consent_version, consent_at,
               last_activity, created_at
        from users where id = $1
        """,
        user_id,
    )
    return dict(row)
