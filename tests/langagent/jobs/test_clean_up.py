"""The nightly clean-up: once a night, made up for, and only what has outlived its time."""

from datetime import UTC, datetime, timedelta

import pytest

from langagent.core.database import Connection, Database
from langagent.jobs.nightly import last_night
from langagent.jobs.service import Jobs
from langagent.jobs.tasks import CLEAN_UP, CleanUp
from tests.langagent.core.queue.probe import eventually
from tests.langagent.jobs.conftest import Working


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        ("2026-11-23T03:29:59", "2026-11-22T03:30:00"),
        ("2026-11-23T03:30:00", "2026-11-23T03:30:00"),
        ("2026-11-23T23:59:59", "2026-11-23T03:30:00"),
        ("2027-01-01T00:00:00", "2026-12-31T03:30:00"),
    ],
)
def test_when_the_last_night_was(moment: str, night: str) -> None:
    assert last_night(datetime.fromisoformat(moment).replace(tzinfo=UTC)).isoformat() == f"{night}+00:00"


async def count(database: Database) -> int:
    async with database.connection() as connection:
        found: int = await connection.fetchval("select count(*) from jobs where kind = $1", CLEAN_UP)
        return found


async def test_one_job_a_night_however_often_it_is_asked_for(database: Database, jobs: Jobs) -> None:
    now = datetime.now(UTC)
    moments = [now, now, now + timedelta(days=1), now + timedelta(days=1)]
    clean_up = CleanUp(database, jobs, lambda: moments.pop(0))
    await clean_up.enqueue()
    async with database.connection() as connection:
        await connection.execute("update jobs set done_at = now()")
    await clean_up.enqueue()
    assert await count(database) == 1
    await clean_up.enqueue()
    await clean_up.enqueue()
    assert await count(database) == 2


async def test_old_jobs_go_and_every_purge_runs(database: Database, jobs: Jobs, working: Working) -> None:
    clean_up = CleanUp(database, jobs, lambda: datetime.now(UTC))
    purged: list[str] = []

    async def purge(_connection: Connection) -> None:
        purged.append("more")

    clean_up.add(purge)
    async with database.connection() as connection:
        await connection.execute(
            "insert into jobs (kind, lane, done_at) values ('old', 'a', now() - interval '8 days'), ('new', 'a', now())"
        )
    await clean_up.enqueue()

    async def finished() -> bool:
        async with database.connection() as connection:
            return await connection.fetchval("select true from jobs where done_at is null") is None and bool(purged)

    async with working():
        await eventually(finished)
    async with database.connection() as connection:
        kinds = {row["kind"] for row in await connection.fetch("select kind from jobs")}
    assert kinds == {"new", CLEAN_UP}
    assert purged == ["more"]
