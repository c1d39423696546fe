"""The worker process: handles the queues, and leads the ticker when no other worker does."""

import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Final

import uvloop
from prometheus_client import start_http_server

from langagent import VERSION
from langagent.core import logging
from langagent.core.clock import Clock, system_clock
from langagent.core.database import Connection
from langagent.core.floor import Floor, lay_floor
from langagent.core.garbage import keep_what_is_there
from langagent.core.http.idempotency import KEY_LIFE
from langagent.core.metrics import BUILD
from langagent.core.priority import step_back
from langagent.core.queries import purge_keys
from langagent.core.queue.consumer import Consumer
from langagent.core.queue.heartbeat import Heartbeat
from langagent.core.queue.session import DATABASE_ERRORS, Session
from langagent.core.scheduler import Ticker
from langagent.jobs.models import TABLE
from langagent.jobs.nightly import Nightly
from langagent.jobs.tasks import CleanUp
from langagent.rooms import open_rooms
from langagent.settings import Settings, explained
from langagent.telegram.bot import Bot, purge_inbox
from langagent.telegram.tasks import Backlog

JOBS_AT_ONCE: Final = 4
HEARTBEAT_EVERY: Final = timedelta(seconds=30)
NIGHTLY_CHECK_EVERY: Final = timedelta(minutes=10)
NAME_WITHIN_S: Final = 30.0


def main() -> None:
    """Runs until SIGTERM or SIGINT, and what is in hand then to its end (at most 25 s); requests go first.

    Raises: SystemExit naming every problem of the environment, or that PostgreSQL cannot be reached.
    """
    BUILD.info({"version": VERSION})
    with explained():
        settings = Settings.from_environ(os.environ)
        logging.configure(settings.log_level)
        step_back()
        keep_what_is_there()
        uvloop.run(_until_signalled(settings))


async def work(settings: Settings, stop: asyncio.Event, clock: Clock = system_clock) -> None:
    """Runs the worker until ``stop`` is set."""
    floor = lay_floor(settings, clock, name="langagent-worker")
    await _connect(floor)
    session = Session(settings.database_url, application_name="langagent-worker-session")
    keeping = asyncio.create_task(session.run())
    try:
        rooms = open_rooms(floor)
        jobs, name = rooms.jobs, await _name(session)
        bot = Bot(floor, rooms.correspondents, rooms.registry, name)
        clean_up = CleanUp(floor.database, jobs, clock)
        for purge in (_purge_idempotency_keys, purge_inbox, *rooms.purges):
            clean_up.add(purge)
        consumer = Consumer(
            floor.database,
            TABLE,
            jobs.run,
            worker=name,
            concurrency=JOBS_AT_ONCE,
            buried=jobs.buried,
        )
        for channel, wake in {TABLE.channel: consumer.wake, **bot.wakes}.items():
            await session.listen(channel, wake)
        ticker = Ticker(session)
        ticker.every(HEARTBEAT_EVERY, "heartbeat", Heartbeat(floor.database, (TABLE,)).beat)
        ticker.every(HEARTBEAT_EVERY, "bot_backlog", Backlog(floor.database).measure)
        for nightly in (clean_up, *(Nightly(floor.database, jobs, clock, kind) for kind in rooms.nightly)):
            ticker.every(NIGHTLY_CHECK_EVERY, nightly.kind, nightly.enqueue)
        async with asyncio.TaskGroup() as group:
            group.create_task(consumer.run(stop))
            group.create_task(bot.run(stop))
            group.create_task(ticker.run(stop))
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])
        await floor.disconnect()


async def _connect(floor: Floor) -> None:
    try:
        await floor.connect()
    except DATABASE_ERRORS as error:
        raise SystemExit(
            f"The worker did not start: PostgreSQL cannot be reached ({type(error).__name__}: {error}). "
            "Check DATABASE_URL, or run `langagent dev doctor`."
        ) from None


async def _name(session: Session) -> str:
    """The first name on this host that no living worker has; who starts again gets that of the former life."""
    host = socket.gethostname()[:60]
    async with asyncio.timeout(NAME_WITHIN_S):
        for slot in count(1):
            await session.connected()
            if await session.lock(f"langagent:worker:{host}/{slot}"):
                break
    return f"{host}/{slot}"


async def _until_signalled(settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with _metrics_served(settings.worker_metrics_port):
        await work(settings, stop)


@contextmanager
def _metrics_served(port: int) -> Iterator[None]:
    if not port:
        yield
        return
    try:
        server, _thread = start_http_server(port)
    except OSError as error:
        raise SystemExit(
            f"The worker did not start: port {port} for its metrics cannot be used ({error.strerror}). "
            "Set WORKER_METRICS_PORT to a free port, or to 0 for none."
        ) from None
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


async def _purge_idempotency_keys(connection: Connection) -> None:
    await purge_keys(connection, life=KEY_LIFE)
