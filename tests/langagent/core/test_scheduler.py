"""The ticker: only the leader runs what is due, and no task disturbs another."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from langagent.core.queue.session import Session
from langagent.core.scheduler import Ticker
from langagent.settings import Secret
from tests.langagent.core.queue.probe import eventually

SECOND = timedelta(seconds=1)


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[Session]:
    session = Session(Secret(database_url), application_name="ticker-test")
    task = asyncio.create_task(session.run())
    await session.connected()
    yield session
    task.cancel()
    await asyncio.wait([task])


async def test_a_failing_task_does_not_disturb_the_others(session: Session, caplog: pytest.LogCaptureFixture) -> None:
    ran: list[str] = []

    async def fails() -> None:
        ran.append("fails")
        raise ValueError

    async def works() -> None:
        ran.append("works")

    ticker = Ticker(session)
    ticker.every(SECOND, "fails", fails)
    ticker.every(SECOND, "works", works)
    await ticker.tick()
    assert ran == ["fails", "works"]
    assert [record.__dict__["job"] for record in caplog.records] == ["fails"]


async def test_tasks_come_back_at_their_intervals(session: Session) -> None:
    ran: list[str] = []

    async def often() -> None:
        ran.append("often")

    async def seldom() -> None:
        ran.append("seldom")

    async def twice() -> bool:
        await ticker.tick()
        return ran.count("often") == 2

    ticker = Ticker(session)
    ticker.every(SECOND, "often", often)
    ticker.every(timedelta(hours=1), "seldom", seldom)
    await eventually(twice)
    assert ran == ["often", "seldom", "often"]


async def test_only_one_of_two_workers_leads_and_the_other_takes_over(session: Session, database_url: str) -> None:
    ran: list[str] = []

    def ticker(name: str, of: Session) -> Ticker:
        async def task() -> None:
            ran.append(name)

        made = Ticker(of)
        made.every(SECOND, name, task)
        return made

    first = Session(Secret(database_url), application_name="ticker-test")
    keeping = asyncio.create_task(first.run())
    await first.connected()
    leader, follower = ticker("leader", first), ticker("follower", session)
    await leader.tick()
    await follower.tick()
    assert ran == ["leader"]
    keeping.cancel()
    await asyncio.wait([keeping])

    async def follower_runs() -> bool:
        await follower.tick()
        return "follower" in ran

    await eventually(follower_runs)


async def test_it_runs_until_it_is_stopped(session: Session) -> None:
    stop = asyncio.Event()

    async def task() -> None:
        stop.set()

    ticker = Ticker(session)
    ticker.every(SECOND, "stop", task)
    async with asyncio.timeout(5):
        await ticker.run(stop)
