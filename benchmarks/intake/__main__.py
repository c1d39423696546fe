"""`python -m benchmarks.intake [--quick]`: an update from its delivery to its answer, beside three frameworks."""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Final

import psycopg

from benchmarks.intake.contenders import FRAMEWORKS, OURS, TELEBOT, Contender, ours, peer, peers_python
from benchmarks.intake.load import SECRET
from benchmarks.intake.measure import PEOPLE, Acknowledged, Bench, Sustained
from benchmarks.study.processes import uvicorn
from ops.embedded.postgres import OWNER, SUPERUSER, EmbeddedPostgres
from ops.embedded.redis import EmbeddedRedis
from ops.migrations import apply

IDS_OF_A_RUN: Final = 1_000_000
_TABLE: Final = """
create table bench (person bigint primary key, messages int not null default 0);
insert into bench (person) select generate_series(1, %(people)s);
grant select, update on bench to langagent_app;
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.intake", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer updates, one round")
    quick = parser.parse_args().quick
    updates, rounds, seconds = (1_000, 1, 3.0) if quick else (5_000, 3, 10.0)
    with _bench() as (bench, contenders):
        for contender in contenders:
            bench.sustained(contender, 2 * PEOPLE)
        runs = [(each.name, bench.sustained(each, updates)) for _ in range(rounds) for each in contenders]
        rates = {each.name: _median([run for name, run in runs if name == each.name]) for each in contenders}
        _print_rates(rates)
        offered = 2 * max(rate.per_second for name, rate in rates.items() if name != OURS)
        _print_offered(bench.acknowledged(contenders[0], offered, seconds), offered)


@contextmanager
def _bench() -> Iterator[tuple[Bench, list[Contender]]]:
    """One database, one Redis and one fake Telegram, and everybody in front of them."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        python = peers_python(folder / "peers")
        postgres = stack.enter_context(EmbeddedPostgres(folder / "postgres"))
        redis = stack.enter_context(EmbeddedRedis(folder / "redis"))
        apply(postgres.url(OWNER))
        _fill(postgres.url(SUPERUSER))
        log = folder / "servers.log"
        _, port = stack.enter_context(uvicorn("benchmarks.intake.fake:create_app", {}, log, "/sent"))
        environment = settings(postgres, redis, port)
        contenders = [
            stack.enter_context(ours(environment, log)),
            stack.enter_context(peer(TELEBOT, sys.executable, "telebot_bot.py", environment, log)),
            *(stack.enter_context(peer(name, python, file, environment, log)) for name, file in FRAMEWORKS.items()),
        ]
        servers = tuple(pid for pid in (postgres.pid, redis.pid) if pid)
        numbers = (range(first, first + IDS_OF_A_RUN) for first in count(1, IDS_OF_A_RUN))
        yield Bench(os.environ | environment, servers, f"http://127.0.0.1:{port}", log, numbers), contenders


def settings(postgres: EmbeddedPostgres, redis: EmbeddedRedis, telegram_port: int) -> dict[str, str]:
    """The environment of every process; the fake Telegram takes any pace."""
    return {
        "DATABASE_URL": postgres.url(),
        "REDIS_URL": redis.url,
        "SECRET_KEY": "benchmark-secret-key-of-thirty-two-bytes",
        "TRIAL_HASH_KEY": "benchmark-trial-key-of-thirty-two-bytes!",
        "TELEGRAM_BOT_TOKEN": "123456:BENCHMARK",
        "TELEGRAM_API_URL": f"http://127.0.0.1:{telegram_port}",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TELEGRAM_MESSAGES_PER_SECOND": "1000000",
        "TELEGRAM_CHAT_MESSAGES_PER_SECOND": "1000000",
        "LOG_LEVEL": "WARNING",
    }


def _fill(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in filter(str.strip, _TABLE.split(";")):
            connection.execute(statement.encode(), {"people": PEOPLE} if "%(" in statement else None)


def _median(runs: list[Sustained]) -> Sustained:
    return Sustained(
        per_second=statistics.median(run.per_second for run in runs),
        cpu=statistics.median(run.cpu for run in runs),
        servers_cpu=statistics.median(run.servers_cpu for run in runs),
        memory=statistics.median(run.memory for run in runs),
    )


def _print_rates(rates: Mapping[str, Sustained]) -> None:
    mine = rates[OURS]
    head = ("answers/s", "CPU ms", "with servers", "MiB", "our rate", "our CPU")
    print(f"{'sustained, end to end':<24}" + "".join(f"{name:>14}" for name in head))
    for name, rate in rates.items():
        ratios = (f"× {mine.per_second / rate.per_second:.2f}", f"× {mine.cpu / rate.cpu:.2f}")
        cpu = (f"{rate.cpu:.2f}", f"{rate.cpu + rate.servers_cpu:.2f}")
        figures = (f"{rate.per_second:.0f}", *cpu, f"{rate.memory:.0f}")
        print(f"{name:<24}" + "".join(f"{cell:>14}" for cell in (*figures, *ratios)))
    print("CPU of one update: own processes; with PostgreSQL and Redis. Only ours has stored it before it says yes.")


def _print_offered(found: Acknowledged, offered: float) -> None:
    times = f"p50 {found.p50:.1f} ms, p99 {found.p99:.1f} ms, {found.refused} refused"
    print(f"acknowledged at {offered:.0f} updates/s offered, twice the best peer's rate: {times}")


if __name__ == "__main__":
    main()
