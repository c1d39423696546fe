"""The worker as a process: it does jobs, measures, stops when asked, and says what is wrong."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from uuid import UUID

import httpx2
import psycopg
import pytest

from langagent.settings import Settings
from tests.langagent.core.queue.probe import eventually

MAIN = "from langagent.worker import main; main()"
STOPS_WITHIN_S = 40

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(settings: Settings) -> Iterator[Start]:
    given = ("database_url", "redis_url", "secret_key", "trial_hash_key", "telegram_bot_token")
    environ = {name.upper(): getattr(settings, name).reveal() for name in given}
    environ["TELEGRAM_API_URL"] = settings.telegram_api_url

    with ExitStack() as stack:

        def start(**changes: str) -> "subprocess.Popen[str]":
            env = {"PATH": os.environ["PATH"]} | environ | changes
            argv = [sys.executable, "-c", MAIN]
            process = stack.enter_context(subprocess.Popen(argv, env=env, stderr=subprocess.PIPE, text=True))
            stack.callback(process.kill)
            return process

        yield start


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


async def done(url: str, job: UUID) -> None:
    async def condition() -> bool:
        with psycopg.connect(url) as connection:
            query = "select true from jobs where id = %s and done_at is not null and failed_at is null"
            return connection.execute(query, (job,)).fetchone() is not None

    await eventually(condition)


def enqueue(url: str, *, held_by: str | None = None) -> UUID:
    with psycopg.connect(url) as connection:
        query = """
            insert into jobs (kind, lane, claimed_by, claimed_until)
            select 'clean_up', gen_random_uuid(), name, case when name <> '' then now() + interval '1 hour' end
            from cast(%s as text) as name
            returning id, pg_notify('jobs', '')
        """
        row = connection.execute(query, (held_by,)).fetchone()
        assert row is not None
        found: UUID = row[0]
        return found


async def test_it_does_jobs_and_stops_when_asked(start: Start, database_url: str) -> None:
    worker = start()
    await done(database_url, enqueue(database_url))
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(STOPS_WITHIN_S) == 0


async def test_it_lets_requests_go_first(start: Start, database_url: str) -> None:
    worker = start()
    await done(database_url, enqueue(database_url))
    assert os.getpriority(os.PRIO_PROCESS, worker.pid) > os.getpriority(os.PRIO_PROCESS, 0)


async def test_it_takes_back_what_it_held_in_its_former_life_and_not_what_a_living_twin_holds(
    start: Start, database_url: str
) -> None:
    host = socket.gethostname()[:60]
    start()
    await done(database_url, enqueue(database_url))
    of_the_twin = enqueue(database_url, held_by=f"{host}/1")
    of_the_dead = enqueue(database_url, held_by=f"{host}/2")
    start()
    await done(database_url, of_the_dead)
    with psycopg.connect(database_url) as connection:
        row = connection.execute("select claimed_by, claim_no from jobs where id = %s", (of_the_twin,)).fetchone()
    assert row == (f"{host}/1", 0)


async def test_it_serves_its_metrics(start: Start, database_url: str, port: int) -> None:
    start(WORKER_METRICS_PORT=str(port))
    await done(database_url, enqueue(database_url))

    async def measured() -> bool:
        async with httpx2.AsyncClient() as client:
            text = (await client.get(f"http://127.0.0.1:{port}/metrics")).text
        return (
            'queue_rows_total{outcome="done",queue="jobs"}' in text
            and 'job_last_success_timestamp{job="heartbeat"}' in text
            and 'queue_pending{queue="jobs"}' in text
        )

    await eventually(measured)


def test_a_busy_metrics_port_is_named(start: Start, port: int) -> None:
    with socket.create_server(("0.0.0.0", port)):
        _, errors = start(WORKER_METRICS_PORT=str(port)).communicate(timeout=STOPS_WITHIN_S)
    assert f"port {port} for its metrics cannot be used" in errors


def test_every_problem_of_the_environment_is_named(start: Start) -> None:
    worker = start(SECRET_KEY="short", REDIS_URL="")
    _, errors = worker.communicate(timeout=STOPS_WITHIN_S)
    assert worker.returncode == 1
    assert "SECRET_KEY must be at least 32 bytes" in errors
    assert "REDIS_URL is missing" in errors


def test_an_unreachable_database_is_named_without_its_password(start: Start, port: int) -> None:
    worker = start(DATABASE_URL=f"postgresql://app:hunter2@127.0.0.1:{port}/langagent")
    _, errors = worker.communicate(timeout=STOPS_WITHIN_S)
    assert worker.returncode == 1
    assert "PostgreSQL cannot be reached" in errors
    assert "hunter2" not in errors
    assert "Traceback" not in errors
