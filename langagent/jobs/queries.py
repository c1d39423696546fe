"""All SQL of the jobs, besides that of their queue."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from langagent.core.database import Connection


async def insert(
    connection: Connection,
    kind: str,
    *,
    user_id: UUID | None,
    lane: str,
    params: dict[str, Any],
    dedupe_key: str | None,
    not_before: datetime | None,
) -> UUID:
    """Adds a job and wakes the workers at commit; an open one with the same dedupe key is answered instead."""
    row = await connection.fetchrow(
        """
        with entry as (
            insert into jobs (kind, user_id, lane, params, dedupe_key, not_before)
            values ($1, $2, $3, $4, $5, coalesce($6, now()))
            on conflict (dedupe_key) where dedupe_key is not null and done_at is null
                do update set dedupe_key = excluded.dedupe_key
            returning id
        )
        select id, pg_notify('jobs', '') from entry
        """,
        kind, user_id, lane, params, dedupe_key, not_before,
    )  # fmt: skip
    found: UUID = row["id"]
    return found


async def find(connection: Connection, user_id: UUID, job_id: UUID) -> Any:
    """The job's row with its derived status, if it is the learner's."""
    return await connection.fetchrow(
        """
        select id, kind, progress, result,
               case when failed_at is not null then 'failed' when done_at is not null then 'done'
                    when claimed_by is not null then 'running' else 'queued' end as status
        from jobs
        where id = $1 and user_id = $2
        """,
        job_id, user_id,
    )  # fmt: skip


async def exists_since(connection: Connection, kind: str, moment: datetime) -> bool:
    """Whether the house has enqueued a job of this kind since then."""
    return (
        await connection.fetchval(
            "select exists (select from jobs where user_id is null and kind = $1 and created_at >= $2)", kind, moment
        )
        is True
    )


async def set_progress(connection: Connection, job_id: UUID, claim_no: int, percent: int) -> None:
    await connection.execute(
        "update jobs set progress = $3 where id = $1 and claim_no = $2 and claimed_by is not null",
        job_id, claim_no, percent,
    )  # fmt: skip


async def set_result(connection: Connection, job_id: UUID, result: dict[str, Any] | None) -> None:
    await connection.execute("update jobs set progress = 100, result = $2 where id = $1", job_id, result)


async def purge_done(connection: Connection, *, life: timedelta) -> None:
    await connection.execute("delete from jobs where done_at < now() - $1::interval", life)
