"""SQL of the core: idempotency keys and the state of the schema."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from langagent.core.database import Connection


@dataclass(frozen=True, slots=True)
class StoredCall:
    """A call that was made under an Idempotency-Key; ``status`` is None while it runs."""

    method: str
    path: str
    body_hash: bytes
    status: int | None
    response: Any


async def reserve_key(
    connection: Connection, user_id: UUID, key: str, call: StoredCall, *, life: timedelta, abandoned_after: timedelta
) -> bool:
    """True when the key was free, outlived, or left running by a process that died."""
    reserved = await connection.fetchval(
        """
        insert into idempotency_keys as k (user_id, key, method, path, body_hash)
        values ($1, $2, $3, $4, $5)
        on conflict (user_id, key) do update
            set method = excluded.method, path = excluded.path, body_hash = excluded.body_hash,
                status = null, response = null, created_at = now()
            where k.created_at < now() - $6::interval
               or (k.status is null and k.created_at < now() - $7::interval)
        returning true
        """,
        user_id, key, call.method, call.path, call.body_hash, life, abandoned_after,
    )  # fmt: skip
    return reserved is True


async def stored_call(connection: Connection, user_id: UUID, key: str) -> StoredCall | None:
    row = await connection.fetchrow(
        "select method, path, body_hash, status, response from idempotency_keys where user_id = $1 and key = $2",
        user_id, key,
    )  # fmt: skip
    return StoredCall(**row) if row else None


async def store_answer(connection: Connection, user_id: UUID, key: str, status: int, response: Any) -> None:
    await connection.execute(
        "update idempotency_keys set status = $3, response = $4 where user_id = $1 and key = $2",
        user_id, key, status, response,
    )  # fmt: skip


async def release_key(connection: Connection, user_id: UUID, key: str) -> None:
    await connection.execute(
        "delete from idempotency_keys where user_id = $1 and key = $2 and status is null", user_id, key
    )


async def purge_keys(connection: Connection, *, life: timedelta) -> None:
    await connection.execute("delete from idempotency_keys where created_at < now() - $1::interval", life)


async def schema_state(connection: Connection) -> tuple[int, int]:
    """Version of the schema, and the oldest release's schema number that may still run on it."""
    row = await connection.fetchrow("select schema_version, schema_floor from schema_state")
    return row["schema_version"], row["schema_floor"]
