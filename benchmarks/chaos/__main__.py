"""`python -m benchmarks.chaos [--quick]`: workers killed, PostgreSQL restarted, Redis emptied; then all is counted."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
import psycopg
import redis

from benchmarks.intake.__main__ import settings
from benchmarks.study.processes import uvicorn
from ops.embedded.child import spawn
from ops.embedded.postgres import OWNER, SUPERUSER, EmbeddedPostgres
from ops.embedded.redis import EmbeddedRedis
from ops.migrations import apply

WORKERS: Final = ("ann", "bob")
PATIENCE_S: Final = 180.0
_TABLE: Final = (
    "create table effects (place bigserial primary key, person bigint not null, number int not null)",
    "grant select, insert on effects to langagent_app",
    "grant usage on sequence effects_place_seq to langagent_app",
)
_OPEN: Final = """
select (select count(*) from tg_inbox where done_at is null) + (select count(*) from outbox where done_at is null)
"""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is delivered, and how often a worker is killed."""

    updates: int
    people: int
    rate: float
    kill_every_s: float


FULL: Final = Plan(updates=10_000, people=500, rate=200, kill_every_s=5)
QUICK: Final = Plan(updates=2_000, people=100, rate=100, kill_every_s=5)


class House:
    """The servers and the two workers; accidents happen to them."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.postgres = stack.enter_context(EmbeddedPostgres(folder / "postgres"))
        self.redis = stack.enter_context(EmbeddedRedis(folder / "redis"))
        apply(self.postgres.url(OWNER))
        self.run_sql(*_TABLE)
        self._log = folder / "servers.log"
        _, telegram = stack.enter_context(uvicorn("benchmarks.chaos.telegram:create_app", {}, self._log, "/sent"))
        self.telegram = f"http://127.0.0.1:{telegram}"
        self._environment = settings(self.postgres, self.redis, telegram)
        _, self.port = stack.enter_context(
            uvicorn("langagent.app:create_app", self._environment, self._log, "/health/live")
        )
        self._workers = {name: self._start(name) for name in WORKERS}
        stack.callback(self._stop)
        self.kills = 0

    def kill_a_worker(self) -> None:
        """SIGKILL one of the two, in turn, and start it again."""
        name = WORKERS[self.kills % len(WORKERS)]
        self._workers[name].kill()
        self._workers[name].wait()
        self._workers[name] = self._start(name)
        self.kills += 1

    def restart_postgres(self) -> None:
        self.postgres.stop()
        self.postgres.start()

    def empty_redis(self) -> None:
        with redis.Redis.from_url(self.redis.url) as client:
            client.flushall()

    def run_sql(self, *statements: str) -> None:
        with psycopg.connect(self.postgres.url(SUPERUSER), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.postgres.url(SUPERUSER)) as connection:
            return connection.execute(question.encode()).fetchall()

    def messages(self) -> Counter[str]:
        """How often each message was sent, by chat and text."""
        with urllib.request.urlopen(f"{self.telegram}/sent", timeout=30) as answer:
            return Counter(orjson.loads(answer.read()))

    def _start(self, name: str) -> "subprocess.Popen[bytes]":
        environment = {**os.environ, **self._environment, "WORKER_NAME": name}
        with self._log.open("ab") as output:
            return spawn([sys.executable, "-m", "benchmarks.chaos.worker"], env=environment, output=output)

    def _stop(self) -> None:
        for process in self._workers.values():
            process.terminate()
        for process in self._workers.values():
            process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a fifth of the updates")
    plan = QUICK if parser.parse_args().quick else FULL
    with ExitStack() as stack:
        house = House(Path(stack.enter_context(tempfile.TemporaryDirectory())), stack)
        refused = _deliver(house, plan)
        _drain(house)
        wrong = _report(house, plan, refused)
    sys.exit(1 if wrong else 0)


def _deliver(house: House, plan: Plan) -> int:
    """Deliver everything amid accidents; return how many deliveries were refused and made again."""
    with _load(house, plan) as load:
        began = last_kill = time.monotonic()
        accidents = [(0.3, house.restart_postgres), (0.6, house.empty_redis)]
        while load.poll() is None:
            now = time.monotonic()
            if accidents and now - began > accidents[0][0] * plan.updates / plan.rate:
                accidents.pop(0)[1]()
            if now - last_kill > plan.kill_every_s:
                house.kill_a_worker()
                last_kill = now
            time.sleep(0.05)
        assert load.stdout is not None
        return int(orjson.loads(load.stdout.read())["refused"])


@contextmanager
def _load(house: House, plan: Plan) -> Iterator["subprocess.Popen[bytes]"]:
    options = {"--port": house.port, "--updates": plan.updates, "--people": plan.people, "--rate": plan.rate}
    words = [str(word) for option in options.items() for word in option]
    argv = [sys.executable, "-m", "benchmarks.chaos.load", *words]
    with subprocess.Popen(argv, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)


def _drain(house: House) -> None:
    """Wait until nothing is open.

    Raises: SystemExit when something stays.
    """
    deadline = time.monotonic() + PATIENCE_S
    while (still := house.rows(_OPEN)[0][0]) > 0:
        if time.monotonic() > deadline:
            raise SystemExit(f"{still} updates and messages are still open after {PATIENCE_S:.0f} s")
        time.sleep(0.2)


def _report(house: House, plan: Plan, refused: int) -> int:
    """Print the counts and return how many of them are wrong."""
    effects = house.rows("select person, number from effects order by place")
    times = Counter(number for _, number in effects)
    latest: dict[int, int] = {}
    disorder = 0
    for person, number in effects:
        disorder += number < latest.get(person, -1)
        latest[person] = number
    messages = house.messages()
    wanted = {f"{1 + number % plan.people} {number}" for number in range(plan.updates)}
    dead: int = house.rows("select count(*) from tg_inbox where failed_at is not null")[0][0]
    never = len(wanted - messages.keys())
    missing, twice = plan.updates - len(times), sum(count - 1 for count in times.values())
    accidents = f"{house.kills} workers killed, PostgreSQL restarted, Redis emptied"
    print(f"{plan.updates} updates of {plan.people} chats; {accidents}")
    print(f"deliveries refused and made again: {refused}")
    print(f"effects: {len(effects)}; missing {missing}, twice {twice}, out of order {disorder}; dead letters {dead}")
    print(f"messages: {messages.total()}; never sent {never}, sent again {messages.total() - len(messages)}")
    print("Sent again: what was on its way when its sender was killed, or PostgreSQL stopped, before the commit.")
    return missing + twice + disorder + dead + never


if __name__ == "__main__":
    main()
