"""SQL of sessions."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from langagent.accounts.plans.queries import EFFECTIVE_PLAN
from langagent.accounts.sessions.models import Session, SessionAnswer, Visitor
from langagent.core.database import Connection
from langagent.core.http.principal import Principal

_COLUMNS: Final = """
    s.id, s.user_id, s.refresh_hash, s.previous_hash, s.rotated_at, s.method, s.expires_at, s.absolute_expires_at,
    s.revoked_at
"""


async def insert(
    connection: Connection, session: Session, *, device_label: str, user_agent: str, now: datetime
) -> None:
    await connection.execute(
        """
        insert into auth_sessions (id, user_id, refresh_hash, method, device_label, user_agent, created_at,
                                   last_used_at, expires_at, absolute_expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)
        """,
        session.id, session.user_id, session.refresh_hash, session.method, device_label, user_agent, now,
        session.expires_at, session.absolute_expires_at,
    )  # fmt: skip


async def lock(connection: Connection, session_id: UUID) -> tuple[Session, bool] | None:
    """A session of a live account, locked, and whether the account is blocked."""
    row = await connection.fetchrow(
        f"""
        select {_COLUMNS}, u.blocked_at is not null as is_blocked
        from auth_sessions s join users u on u.id = s.user_id and u.deleted_at is null
        where s.id = $1 for update of s
        """,
        session_id,
    )
    if row is None:
        return None
    values = dict(row)
    is_blocked: bool = values.pop("is_blocked")
    return Session(**values), is_blocked


async def rotate(
    connection: Connection, session_id: UUID, refresh_hash: bytes, expires_at: datetime, now: datetime
) -> None:
    await connection.execute(
        """
        update auth_sessions set previous_hash = refresh_hash, refresh_hash = $2, rotated_at = $4, last_used_at = $4,
               expires_at = $3
        where id = $1
        """,
        session_id, refresh_hash, expires_at, now,
    )  # fmt: skip


async def revoke(connection: Connection, user_id: UUID, session_id: UUID, reason: str, now: datetime) -> bool:
    """True when a live session of this user was ended."""
    revoked = await connection.fetchval(
        """
        update auth_sessions set revoked_at = $4, revoke_reason = $3
        where id = $2 and user_id = $1 and revoked_at is null returning true
        """,
        user_id, session_id, reason, now,
    )  # fmt: skip
    return revoked is True


async def revoke_all(connection: Connection, user_id: UUID, reason: str, now: datetime) -> list[UUID]:
    rows = await connection.fetch(
        """
        update auth_sessions set revoked_at = $3, revoke_reason = $2
        where user_id = $1 and revoked_at is null returning id
        """,
        user_id, reason, now,
    )  # fmt: skip
    return [row["id"] for row in rows]


async def listed(connection: Connection, user_id: UUID, current: UUID, now: datetime) -> list[SessionAnswer]:
    """Live sessions, the last used first."""
    rows = await connection.fetch(
        """
        select id, device_label, method, created_at, last_used_at, id = $2 as is_current from auth_sessions
        where user_id = $1 and revoked_at is null and expires_at > $3 order by last_used_at desc, id
        """,
        user_id, current, now,
    )  # fmt: skip
    return [SessionAnswer(**row) for row in rows]


async def visitor(connection: Connection, user_id: UUID, session_id: UUID, now: datetime) -> Visitor | None:
    """The live account with its plan, when the session is live too; notes the activity at most once a minute.

    The note waits for nobody: a locked row is noted at the next chance.
    """
    row = await connection.fetchrow(
        f"""
        with found as (
            select u.id, u.native_language, u.timezone, u.is_admin, u.last_activity,
                   u.blocked_at is not null as is_blocked, {EFFECTIVE_PLAN} as plan
            from users u join auth_sessions s on s.user_id = u.id
            where u.id = $2 and s.id = $3 and u.deleted_at is null and s.revoked_at is null and s.expires_at > $1
        ), noted as (
            update users set last_activity = $1 where id in (
                select u.id from users u join found f on f.id = u.id
                where f.last_activity is null or f.last_activity < $1 - interval '1 minute'
                for no key update of u skip locked
            )
        )
        select native_language, timezone, is_admin, is_blocked, plan from found
        """,
        now, user_id, session_id,
    )  # fmt: skip
    if row is None:
        return None
    principal = Principal(
        user_id=user_id,
        session_id=session_id,
        language=row["native_language"],
        timezone=row["timezone"],
        plan=row["plan"],
        is_admin=row["is_admin"],
    )
    return Visitor(principal, row["is_blocked"])


async def exported(connection: Connection, user_id: UUID) -> AsyncIterator[dict[str, Any]]:
    rows = await connection.fetch(
        """
        select method, device_label, user_agent, created_at, last_used_at, revoked_at from auth_sessions
        where user_id = $1 order by created_at
        """,
        user_id,
    )
    for row in rows:
        yield dict(row)


async def purge(connection: Connection) -> None:
    """Forgets sessions that ended a month ago at the latest."""
    await connection.execute("delete from auth_sessions where absolute_expires_at < now() - interval '30 days'")
