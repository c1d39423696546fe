"""Workers as real processes that are killed, and a PostgreSQL that restarts under them."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from langagent.core.database import Database
from langagent.core.queue.models import Claim
from langagent.core.queue.session import Session
from langagent.settings import Secret
from ops.embedded.postgres import SUPERUSER, EmbeddedPostgres
from tests.langagent.core.queue.probe import SCHEMA, TABLE, Probe, consumer, eventually, running

SCRIPT = "tests.langagent.core.queue.worker_process"
ROOT = Path(__file__).parents[4]

Start = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def start(database_url: str) -> Iterator[Start]:
    with ExitStack() as stack:

        def start(name: str) -> "subprocess.Popen[str]":
            argv = [sys.executable, "-m", SCRIPT, database_url, name]
            process = stack.enter_context(subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, cwd=ROOT))
            stack.callback(process.kill)
            return process

        yield start


async def in_hand(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    assert await asyncio.to_thread(process.stdout.readline) == "in hand\n"


async def finished(probe: Probe) -> None:
    async def condition() -> bool:
        return await probe.open_rows() == 0

    await eventually(condition)


async def test_a_worker_killed_in_a_row_has_it_done_once_by_another(probe: Probe, start: Start) -> None:
    killed = start("ann")
    first, second = await probe.add("a", "a", plan="hang")
    await probe.change("plan = '' where id = $1", second)
    await in_hand(killed)
    killed.kill()
    await probe.change("claimed_until = now() where id = $1", first)  # a minute passes
    start("bob")
    await finished(probe)
    assert await probe.effects() == [first, second]
    row = await probe.row(first)
    assert (row["deaths"], row["attempts"], row["claim_no"]) == (1, 0, 2)


async def test_a_killed_worker_that_starts_again_takes_its_row_back_at_once(probe: Probe, start: Start) -> None:
    killed = start("ann")
    (item,) = await probe.add("a", plan="hang")
    await in_hand(killed)
    killed.kill()
    start("ann")
    await finished(probe)
    assert await probe.effects() == [item]


async def test_a_sleeping_worker_is_woken_by_the_insert(probe: Probe, start: Start) -> None:
    process = start("ann")
    await probe.add("a")
    await finished(probe)
    await probe.add("b", plan="hang")
    await in_hand(process)


async def none_open(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    return connection.execute("select from probe.items where done_at is null").fetchone() is None


@pytest.fixture
async def own_postgres(tmp_path: Path) -> AsyncIterator[EmbeddedPostgres]:
    with EmbeddedPostgres(tmp_path / "data", source="wheel", durable=False) as server:
        with psycopg.connect(server.url(SUPERUSER), autocommit=True) as connection:
            connection.execute(SCHEMA)
        yield server


async def test_rows_have_one_effect_when_postgresql_restarts_under_them(own_postgres: EmbeddedPostgres) -> None:
    url = Secret(own_postgres.url())
    database = Database(url, pool_size=5)
    await database.connect()
    probe = Probe(database)
    started, may_end = asyncio.Event(), asyncio.Event()

    async def waits(claim: Claim) -> None:
        started.set()
        await may_end.wait()
        await probe.act(claim)

    one = consumer(database, waits)
    session = Session(url, application_name="probe")
    await session.listen(TABLE.channel, one.wake)
    keeping = asyncio.create_task(session.run())
    async with running(one):
        await probe.add("a", "b", "a")
        await started.wait()
        own_postgres.stop()
        may_end.set()
        own_postgres.start()
        with psycopg.connect(own_postgres.url(), autocommit=True) as connection:
            connection.execute("insert into probe.items (lane) values ('a'), ('c')")
            await eventually(lambda: none_open(connection))
            effects = connection.execute("select item from probe.effects order by item").fetchall()
            items = connection.execute("select id from probe.items order by id").fetchall()
    assert len(items) == 5
    assert effects == items
    keeping.cancel()
    await asyncio.wait([keeping])
    await database.disconnect()
