"""SQL of stored files."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from langagent.core.database import Connection
from langagent.media.models import MediaFile

_COLUMNS = "key, mime, bytes, encode(sha256, 'hex') as sha256"


async def lock_object(connection: Connection, name: str) -> None:
    """Until the end of the transaction, nobody else refers to the object or deletes it."""
    await connection.execute("select pg_advisory_xact_lock(hashtextextended('media:' || $1, 0))", name)


async def insert(
    connection: Connection, file: MediaFile, owner: UUID | None, now: datetime, expires_at: datetime | None
) -> MediaFile:
    """The file that has the key: this one, or the one that had it before."""
    row = await connection.fetchrow(
        f"""
        with entry as (
            insert into media_files (key, mime, bytes, sha256, user_id, created_at, last_used_at, expires_at)
            values ($1, $2, $3, decode($4, 'hex'), $5, $6, $6, $7)
            on conflict (key) do nothing
            returning {_COLUMNS}
        )
        select * from entry union all select {_COLUMNS} from media_files where key = $1 limit 1
        """,
        file.key, file.mime, file.bytes, file.sha256, owner, now, expires_at,
    )  # fmt: skip
    return MediaFile(**row)


async def find(connection: Connection, key: str, now: datetime) -> MediaFile | None:
    """None when there is none, or its time is over."""
    row = await connection.fetchrow(
        f"select {_COLUMNS} from media_files where key = $1 and (expires_at is null or expires_at > $2)", key, now
    )
    return MediaFile(**row) if row else None


async def touch(connection: Connection, key: str, now: datetime, *, every: timedelta) -> None:
    """Notes that the file is used, unless that was noted a short while ago."""
    await connection.execute(
        """
        update media_files set last_used_at = $2
        where key = $1 and last_used_at < $2::timestamptz - $3::interval
        """,
        key, now, every,
    )  # fmt: skip


async def delete(connection: Connection, keys: Sequence[str]) -> list[str]:
    """Deletes files; gives the names of their objects."""
    rows = await connection.fetch(
        "delete from media_files where key = any($1) returning encode(sha256, 'hex') as name", keys
    )
    return [row["name"] for row in rows]


async def forget(connection: Connection, user_id: UUID) -> list[str]:
    """Deletes all that is a learner's; gives the names of the objects."""
    rows = await connection.fetch(
        "delete from media_files where user_id = $1 returning encode(sha256, 'hex') as name", user_id
    )
    return [row["name"] for row in rows]


async def purge(connection: Connection, now: datetime, *, unused: timedelta) -> None:
    """Deletes what has expired, what only erased accounts had, and shared audio that nobody heard for so long."""
    await connection.execute(
        """
        delete from media_files m
        where expires_at <= $1
           or kind = 'tts' and last_used_at < $1::timestamptz - $2::interval
           or kind <> 'tts' and not exists (select from users u where u.id = m.user_id and u.deleted_at is null)
        """,
        now, unused,
    )  # fmt: skip


async def is_referenced(connection: Connection, name: str) -> bool:
    found = await connection.fetchval("select exists (select from media_files where sha256 = decode($1, 'hex'))", name)
    return found is True


async def unreferenced(connection: Connection, names: Sequence[str]) -> list[str]:
    """Those of these objects that no file refers to."""
    rows = await connection.fetch(
        """
        select name from unnest($1::text[]) as name
        where not exists (select from media_files where sha256 = decode(name, 'hex'))
        """,
        names,
    )
    return [row["name"] for row in rows]


async def exported(connection: Connection, user_id: UUID) -> AsyncIterator[dict[str, Any]]:
    rows = await connection.fetch(
        "select key, kind, mime, bytes, created_at from media_files where user_id = $1 order by created_at, key",
        user_id,
    )
    for row in rows:
        yield dict(row)
