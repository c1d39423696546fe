"""Jobs: enqueued with the caller's changes, done once, seen by their owner."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from langagent.core.database import Database
from langagent.core.errors import AppError
from langagent.jobs.models import JobAnswer
from langagent.jobs.service import Jobs, Run
from tests.langagent.core.queue.probe import eventually
from tests.langagent.jobs.conftest import Working


async def enqueue(database: Database, jobs: Jobs, kind: str = "greet", **arguments: object) -> UUID:
    async with database.unit_of_work() as connection:
        return await jobs.enqueue(connection, kind, **arguments)  # type: ignore[arg-type]


async def ended(jobs: Jobs, owner: UUID, job: UUID) -> JobAnswer:
    async def condition() -> bool:
        return (await jobs.find(owner, job)).status in ("done", "failed")

    await eventually(condition)
    return await jobs.find(owner, job)


async def test_a_job_goes_from_queued_to_running_to_done(
    database: Database, jobs: Jobs, owner: UUID, working: Working
) -> None:
    half_way, go_on = asyncio.Event(), asyncio.Event()

    async def greet(run: Run) -> None:
        await run.progress(50)
        half_way.set()
        await go_on.wait()
        async with database.unit_of_work() as connection:
            await run.complete(connection, {"greeting": f"hello {run.job.params['name']}"})

    jobs.handle("greet", greet)
    job = await enqueue(database, jobs, user_id=owner, params={"name": "Ada"})
    queued = await jobs.find(owner, job)
    async with working():
        await half_way.wait()
        seen = await jobs.find(owner, job)
        go_on.set()
        done = await ended(jobs, owner, job)
    assert (queued.kind, queued.status, queued.progress, queued.result) == ("greet", "queued", 0, None)
    assert (seen.status, seen.progress) == ("running", 50)
    assert (done.status, done.progress, done.result, done.error) == ("done", 100, {"greeting": "hello Ada"}, None)


async def test_a_job_that_cannot_be_done_fails_with_a_code_and_not_with_what_happened_inside(
    database: Database, jobs: Jobs, owner: UUID, working: Working
) -> None:
    async def fail(_run: Run) -> None:
        raise ValueError("inner matters")

    jobs.handle("greet", fail)
    job = await enqueue(database, jobs, user_id=owner)
    async with working():
        answer = await ended(jobs, owner, job)
    assert (answer.status, answer.error) == ("failed", "INTERNAL_ERROR")


async def test_a_job_of_an_undone_transaction_never_was(database: Database, jobs: Jobs, owner: UUID) -> None:
    found: list[UUID] = []

    async def enqueue_and_fail() -> None:
        async with database.unit_of_work() as connection:
            found.append(await jobs.enqueue(connection, "greet", user_id=owner))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await enqueue_and_fail()
    with pytest.raises(AppError, match="JOB_NOT_FOUND"):
        await jobs.find(owner, found[0])


async def test_nobody_sees_the_job_of_another(database: Database, jobs: Jobs, owner: UUID) -> None:
    job = await enqueue(database, jobs, user_id=owner)
    with pytest.raises(AppError, match="JOB_NOT_FOUND"):
        await jobs.find(uuid4(), job)


async def test_jobs_of_one_learner_run_one_after_another_and_those_of_others_meanwhile(
    database: Database, jobs: Jobs, owner: UUID, working: Working
) -> None:
    at_once: set[str] = set()
    met, order = asyncio.Event(), []

    async def export(run: Run) -> None:
        lane = "learner" if run.job.user_id else "house"
        assert lane not in at_once
        at_once.add(lane)
        if len(at_once) == 2:
            met.set()
        await met.wait()
        at_once.remove(lane)
        order.append(run.job.params.get("turn"))

    jobs.handle("export", export)
    first = await enqueue(database, jobs, "export", user_id=owner, params={"turn": 1})
    second = await enqueue(database, jobs, "export", user_id=owner, params={"turn": 2})
    await enqueue(database, jobs, "export")
    async with working():
        answers = [await ended(jobs, owner, job) for job in (first, second)]
    assert [answer.status for answer in answers] == ["done", "done"]
    assert [turn for turn in order if turn] == [1, 2]


async def test_an_open_job_with_the_same_key_is_the_same_job(
    database: Database, jobs: Jobs, owner: UUID, working: Working
) -> None:
    async def greet(_run: Run) -> None:
        return

    jobs.handle("greet", greet)
    job = await enqueue(database, jobs, user_id=owner, dedupe_key="once")
    assert await enqueue(database, jobs, user_id=owner, dedupe_key="once") == job
    async with working():
        await ended(jobs, owner, job)
    assert await enqueue(database, jobs, user_id=owner, dedupe_key="once") != job


async def test_a_kind_that_nobody_here_knows_waits_for_a_worker_that_does(
    database: Database, jobs: Jobs, owner: UUID, working: Working
) -> None:
    job = await enqueue(database, jobs, "of_a_newer_release", user_id=owner)

    async def waits() -> bool:
        async with database.connection() as connection:
            query = "select claimed_until > now() and claimed_by is null and attempts = 0 from jobs where id = $1"
            return await connection.fetchval(query, job) is True

    async with working():
        await eventually(waits)
    assert (await jobs.find(owner, job)).status == "queued"


async def test_a_sleeping_job_delays_nobody(database: Database, jobs: Jobs, owner: UUID, working: Working) -> None:
    async def greet(_run: Run) -> None:
        return

    jobs.handle("greet", greet)
    later = await enqueue(database, jobs, user_id=owner, not_before=datetime.now(UTC) + timedelta(days=30))
    now = await enqueue(database, jobs, user_id=owner)
    async with working():
        assert (await ended(jobs, owner, now)).status == "done"
    assert (await jobs.find(owner, later)).status == "queued"
