"""SQL of one-time links and codes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from langagent.accounts.sign_in.models import LiveCode
from langagent.core.database import Connection

MAX_WRONG_TRIES: Final = 5


async def replace(
    connection: Connection, user_id: UUID, token_hash: bytes, code_hash: bytes, *, now: datetime, expires_at: datetime
) -> None:
    """The learner's one live code. The caller holds the learner's row."""
    await connection.execute("delete from sign_in_codes where user_id = $1", user_id)
    await connection.execute(
        """
        insert into sign_in_codes (user_id, token_hash, code_hash, expires_at, created_at)
        values ($1, $2, $3, $4, $5)
        """,
        user_id, token_hash, code_hash, expires_at, now,
    )  # fmt: skip


async def use_token(connection: Connection, token_hash: bytes, now: datetime) -> UUID | None:
    """Uses the link up; gives whose it was."""
    user_id: UUID | None = await connection.fetchval(
        """
        update sign_in_codes set used_at = $2
        where token_hash = $1 and used_at is null and expires_at > $2 returning user_id
        """,
        token_hash, now,
    )  # fmt: skip
    return user_id


async def named_by(connection: Connection, selector: bytes, now: datetime) -> list[LiveCode]:
    """Live codes whose first half has this hash, locked: nearly always none or one."""
    rows = await connection.fetch(
        """
        select id, user_id, code_hash from sign_in_codes
        where substring(code_hash for 16) = $1 and used_at is null and expires_at > $2 and wrong_tries < $3
        order by id for update
        """,
        selector, now, MAX_WRONG_TRIES,
    )  # fmt: skip
    return [LiveCode(**row) for row in rows]


async def use(connection: Connection, code_id: UUID, now: datetime) -> None:
    await connection.execute("update sign_in_codes set used_at = $2 where id = $1", code_id, now)


async def count_wrong_try(connection: Connection, code_ids: Sequence[UUID]) -> None:
    await connection.execute(
        "update sign_in_codes set wrong_tries = wrong_tries + 1 where id = any($1::uuid[])", list(code_ids)
    )


async def purge(connection: Connection) -> None:
    await connection.execute("delete from sign_in_codes where expires_at < now() - interval '1 day'")
