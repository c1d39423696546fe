"""All SQL of the queues. Every moment is the database's: workers need no common clock."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any

from langagent.core.database import Connection
from langagent.core.queue.models import Claim, QueueTable

# One claim looks at the 100 oldest waiting rows whose lanes are free: the first of each lane is that lane's oldest. It
# considers twice as many as it wants, because another worker may be taking some of them.
_CLAIM = """
with held as materialized (
    select {key} as key, {lane} as lane, {order} as place, claimed_until from {table} where claimed_until is not null
),
waiting as (
    select {key} as key, {lane} as lane, {order} as place
    from {table}
    where done_at is null and claimed_until is null and not_before <= now() and {lane} not in (select lane from held)
    order by {order}
    limit 100
),
candidates as (
    select key
    from (
        (select distinct on (lane) key, place from waiting order by lane, place)
        union all
        select key, place from held where claimed_until <= now()
    ) as free
    order by place
    limit 2 * $2::int
),
chosen as (
    select {key} as key
    from {table}
    where {key} = any(array(select key from candidates))
      and done_at is null and (claimed_until is null or claimed_until <= now())
    order by {order}
    limit $2
    for update skip locked
)
update {table} t
set claimed_by = $1, claimed_until = now() + $3::interval, claim_no = claim_no + 1,
    deaths = deaths + (claimed_by is not null)::int
from chosen
where t.{key} = chosen.key
returning t.*
"""

_RENEW = """
with mine as (
    select {key} as key, claim_no from {table} where {key} = any($1) and claimed_by = $2
),
renewable as (
    select {key} as key from {table} where {key} = any($1) and claimed_by = $2 for update skip locked
),
renewed as (
    update {table} t set claimed_until = now() + $3::interval from renewable where t.{key} = renewable.key
)
select key, claim_no from mine
"""

_COMPLETE = """
update {table} set done_at = now(), claimed_by = null, claimed_until = null{emptying}
where {key} = $1 and claim_no = $2 and claimed_by is not null
returning true
"""

_BURY = """
update {table}
set done_at = now(), failed_at = now(), claimed_by = null, claimed_until = null, attempts = $3, error = $4
where {key} = $1 and claim_no = $2 and claimed_by is not null
returning true
"""

_PAUSE = """
update {table} set claimed_by = null, claimed_until = now() + $3::interval, attempts = $4, error = $5
where {key} = $1 and claim_no = $2 and claimed_by is not null
returning true
"""

_GIVE_BACK = """
with given as (
    update {table} set claimed_by = null, claimed_until = null
    where {key} = $1 and claim_no = $2 and claimed_by is not null
    returning true
)
select pg_notify('{channel}', '') from given
"""

_RECOVER = "update {table} set claimed_until = now() where claimed_until is not null and claimed_by = $1"

_NEXT_DUE = """
select extract(epoch from min(due) - now())::float8
from (
    select claimed_until from {table} where claimed_until is not null
    union all
    select not_before from {table} where done_at is null and claimed_until is null and not_before > now()
) as moments (due)
"""

_BACKLOG = """
select count(*) as rows, coalesce(extract(epoch from now() - min(not_before)), 0)::float8 as age
from {table}
where done_at is null and not_before <= now()
"""


@cache
def _of(table: QueueTable, query: str) -> str:
    return query.format(
        table=table.name,
        key=table.key,
        lane=table.lane,
        order=table.order,
        channel=table.channel,
        emptying=f", {table.spent} = '{{}}'" if table.spent else "",
    )


async def claim(connection: Connection, table: QueueTable, worker: str, limit: int, lease: timedelta) -> list[Claim]:
    """Takes up to ``limit`` rows: the oldest of free lanes, retries that are due, rows whose lease ran out.

    Raises: asyncpg.UniqueViolationError when another worker took one of the lanes just now; nothing is claimed.
    """
    rows = await connection.fetch(_of(table, _CLAIM), worker, limit, lease)
    claims = [Claim(table, row[table.key], row["claim_no"], row["attempts"], row["deaths"], dict(row)) for row in rows]
    return sorted(claims, key=lambda found: found.row[table.order])


async def renew(
    connection: Connection, table: QueueTable, worker: str, keys: Iterable[Any], lease: timedelta
) -> dict[Any, int]:
    """Prolongs the leases; the answer has the claim number of each row that is still the worker's.

    A row locked by its own last transaction is left alone: it needs no lease any more.
    """
    rows = await connection.fetch(_of(table, _RENEW), list(keys), worker, lease)
    return {row["key"]: row["claim_no"] for row in rows}


async def complete(connection: Connection, claim: Claim) -> bool:
    """Marks the row as done; False when the claim is lost."""
    return await connection.fetchval(_of(claim.table, _COMPLETE), claim.key, claim.number) is True


def completion(table: QueueTable) -> str:
    """What `complete` runs, as part of a larger statement: $1 is the key, $2 the claim's number; gives one row."""
    return _of(table, _COMPLETE)


async def bury(connection: Connection, claim: Claim, attempts: int, error: str) -> bool:
    """Makes the row a dead letter; False when the claim is lost."""
    return await connection.fetchval(_of(claim.table, _BURY), claim.key, claim.number, attempts, error) is True


async def pause(connection: Connection, claim: Claim, wait: timedelta, attempts: int, error: str | None) -> bool:
    """Lets the row rest while it goes on holding its lane; False when the claim is lost."""
    query = _of(claim.table, _PAUSE)
    return await connection.fetchval(query, claim.key, claim.number, wait, attempts, error) is True


async def give_back(connection: Connection, claim: Claim) -> None:
    """Makes the row claimable at once, as if it had never been touched."""
    await connection.execute(_of(claim.table, _GIVE_BACK), claim.key, claim.number)


async def recover(connection: Connection, table: QueueTable, worker: str) -> None:
    """Ends the leases that a former life of this worker left."""
    await connection.execute(_of(table, _RECOVER), worker)


async def next_due(connection: Connection, table: QueueTable) -> float | None:
    """Seconds until a lease or a pause ends or a later row is due; None when there is nothing to wait for."""
    seconds: float | None = await connection.fetchval(_of(table, _NEXT_DUE))
    return seconds


async def backlog(connection: Connection, table: QueueTable) -> tuple[int, float]:
    """How many rows are open, and for how many seconds the oldest has been."""
    row = await connection.fetchrow(_of(table, _BACKLOG))
    return row["rows"], row["age"]


async def ping(connection: Connection) -> None:
    """Raises when the connection is dead."""
    await connection.fetchval("select 1")


async def try_lock(connection: Connection, name: str) -> bool:
    """Takes a session lock without waiting."""
    return await connection.fetchval("select pg_try_advisory_lock(hashtextextended($1, 0))", name) is True
