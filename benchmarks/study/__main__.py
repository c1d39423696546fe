"""`python -m benchmarks.study [--quick]`: a rating with its next card in three databases, beside its ceiling."""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Final

from benchmarks.study.measure import Bench, Figures, Server, medians
from benchmarks.study.processes import uvicorn
from benchmarks.study.seeds import QUICK_SEEDS, SEEDS, Seed, fill
from ops.embedded.postgres import OWNER, SUPERUSER, EmbeddedPostgres
from ops.embedded.redis import EmbeddedRedis
from ops.migrations import apply

WARM_UP: Final = 20
APP, BARE = "langagent", "bare asyncpg + Starlette"
_HEAD: Final = ("database", "server", "per s", "p50 ms", "p99 ms", "app CPU", "PostgreSQL CPU", "statements", "MiB")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.study", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small databases, one short round")
    quick = parser.parse_args().quick
    seeds, rounds, learners = (QUICK_SEEDS, 1, 30) if quick else (SEEDS, 3, 100)
    print(_line(_HEAD))
    for seed in seeds:
        with _bench(seed) as (bench, servers):
            for name, figures in _ratings(bench, servers, rounds, learners).items():
                print(_row(seed.name, name, figures))
            if seed is seeds[0]:
                live = _alive(bench, servers, rounds)
    for name, figures in live.items():
        print(_row("/health/live", name, figures))
    print("CPU in ms for one request; the rating's statements include the check of the sign-in every half minute.")


def _ratings(bench: Bench, servers: Sequence[Server], rounds: int, learners: int) -> dict[str, Figures]:
    for server in servers:
        bench.rated(server, WARM_UP)
    runs = [(server.name, bench.rated(server, learners)) for _ in range(rounds) for server in servers]
    statements = {server.name: bench.statements(server) for server in servers}
    return {name: medians([run for of, run in runs if of == name], statements[name]) for name in statements}


def _alive(bench: Bench, servers: Sequence[Server], rounds: int) -> dict[str, Figures]:
    runs = [(server.name, bench.got(server)) for _ in range(rounds) for server in servers]
    return {server.name: medians([run for of, run in runs if of == server.name], 0) for server in servers}


@contextmanager
def _bench(seed: Seed) -> Iterator[tuple[Bench, list[Server]]]:
    """A database filled with ``seed``, and the application and its ceiling in front of it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        postgres = stack.enter_context(EmbeddedPostgres(folder / "postgres"))
        redis = stack.enter_context(EmbeddedRedis(folder / "redis"))
        apply(postgres.url(OWNER))
        fill(postgres.url(SUPERUSER), seed)
        environment = {
            "DATABASE_URL": postgres.url(),
            "REDIS_URL": redis.url,
            "SECRET_KEY": "benchmark-secret-key-of-thirty-two-bytes",
            "TRIAL_HASH_KEY": "benchmark-trial-key-of-thirty-two-bytes!",
            "TELEGRAM_BOT_TOKEN": "123456:BENCHMARK",
            "RATE_LIMIT_USER_PER_HOUR": "1000000",
            "RATE_LIMIT_IP_PER_MINUTE": "1000000",
        }
        servers = []
        for name, app, live, options in (
            (APP, "langagent.app:create_app", "/health/live", ()),
            (BARE, "benchmarks.study.bare:create_app", "/live", ("--bare",)),
        ):
            pid, port = stack.enter_context(uvicorn(app, environment, folder / "server.log", live))
            servers.append(Server(name, pid, port, live, options))
        yield Bench(postgres, environment, count(1)), servers


def _row(database: str, server: str, figures: Figures) -> str:
    times = (f"{figures.per_second:.0f}", f"{figures.p50:.1f}", f"{figures.p99:.1f}")
    costs = (f"{figures.app_cpu:.2f}", f"{figures.postgres_cpu:.2f}")
    statements = f"{figures.statements:.1f}" if figures.statements else ""
    return _line((database, server, *times, *costs, statements, f"{figures.memory:.0f}"))


def _line(cells: Sequence[str]) -> str:
    return f"{cells[0]:<14}{cells[1]:<26}" + "".join(
        f"{cell:>{max(8, len(name) + 2)}}" for cell, name in zip(cells[2:], _HEAD[2:], strict=True)
    )


if __name__ == "__main__":
    main()
