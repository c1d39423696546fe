"""The dedicated connection: wake-ups and locks, across lost connections."""

import asyncio
from collections.abc import AsyncIterator, Callable

import psycopg
import pytest

from langagent.core.queue.session import Session
from langagent.settings import Secret

Open = Callable[[], Session]


@pytest.fixture
async def open_session(database_url: str) -> AsyncIterator[Open]:
    tasks: list[asyncio.Task[None]] = []

    def open_session() -> Session:
        session = Session(Secret(database_url), application_name="session-test")
        tasks.append(asyncio.create_task(session.run()))
        return session

    yield open_session
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


def end_connections(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'session-test'"
        )


def notify(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("notify probe")


@pytest.mark.parametrize("connected_first", [True, False])
async def test_a_notification_wakes(open_session: Open, database_url: str, connected_first: bool) -> None:
    session, woken = open_session(), asyncio.Event()
    if connected_first:
        await session.connected()
    await session.listen("probe", woken.set)
    await session.connected()
    woken.clear()
    notify(database_url)
    async with asyncio.timeout(5):
        await woken.wait()


async def test_a_lost_connection_is_made_anew_and_wakes_for_what_was_missed(
    open_session: Open, database_url: str
) -> None:
    session, woken = open_session(), asyncio.Event()
    await session.listen("probe", woken.set)
    async with asyncio.timeout(5):
        await woken.wait()
        woken.clear()
        end_connections(database_url)
        await woken.wait()
        woken.clear()
        notify(database_url)
        await woken.wait()


async def test_one_session_has_a_lock_until_it_ends(open_session: Open, database_url: str) -> None:
    first, second = open_session(), open_session()
    await first.connected()
    await second.connected()
    assert await first.lock("leader")
    assert await first.lock("leader")
    assert not await second.lock("leader")


async def test_a_lock_is_taken_again_after_a_lost_connection(open_session: Open, database_url: str) -> None:
    session, other, reconnected = open_session(), open_session(), asyncio.Event()
    await session.connected()
    assert await session.lock("leader")
    await session.listen("probe", reconnected.set)
    end_connections(database_url)
    async with asyncio.timeout(5):
        await reconnected.wait()
        await other.connected()
    assert not await other.lock("leader")
    assert await session.lock("leader")


async def test_without_a_connection_there_is_no_lock(tmp_path: object) -> None:
    session = Session(Secret(f"postgresql://nobody@/none?host={tmp_path}"), application_name="session-test")
    assert not await session.lock("leader")
