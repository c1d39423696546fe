"""What a run of the load costs: time as the load sees it, CPU by the kernel, statements by PostgreSQL."""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import orjson
import psycopg

from benchmarks.study.processes import cpu_ms, memory_mib
from ops.embedded.postgres import SUPERUSER, EmbeddedPostgres

CONNECTIONS: Final = 4
RATINGS_EACH: Final = 10
GETS_EACH: Final = 600
PROBED_LEARNERS: Final = 2


@dataclass(frozen=True, slots=True)
class Figures:
    """One run, or the medians of several: latencies and CPU of one request in milliseconds."""

    per_second: float
    p50: float
    p99: float
    app_cpu: float
    postgres_cpu: float
    memory: float
    statements: float = 0.0


@dataclass(frozen=True, slots=True)
class Server:
    """A web server under test.

    Attributes:
        live: path that answers without a database.
        options: of the load, when it rates here.
    """

    name: str
    pid: int
    port: int
    live: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """One database, and the numbers of learners that no run has had before."""

    postgres: EmbeddedPostgres
    environment: Mapping[str, str]
    unused: Iterator[int]

    def rated(self, server: Server, learners: int) -> Figures:
        """Learners rate ten cards each."""
        first = next(self.unused)
        _skip(self.unused, learners - 1)
        work = ("--first", str(first), "--count", str(learners), "--each", str(RATINGS_EACH))
        return self._measured(server, *work, *server.options)

    def got(self, server: Server) -> Figures:
        """Plain GETs that need no database."""
        return self._measured(server, "--path", server.live, "--count", str(CONNECTIONS), "--each", str(GETS_EACH))

    def statements(self, server: Server) -> float:
        """Statements of one rating besides BEGIN and COMMIT."""
        before = self._logged()
        self._log_statements("all")
        self.rated(server, PROBED_LEARNERS)
        self._log_statements("none")
        return (self._logged() - before) / (PROBED_LEARNERS * RATINGS_EACH)

    def _measured(self, server: Server, *work: str) -> Figures:
        postgres = self.postgres.pid or 0
        app_before, postgres_before = cpu_ms(server.pid), cpu_ms(postgres)
        found = self._load(server, *work)
        app_cpu, postgres_cpu = cpu_ms(server.pid) - app_before, cpu_ms(postgres) - postgres_before
        latencies = sorted(found["latencies_ms"])
        return Figures(
            per_second=len(latencies) / found["seconds"],
            p50=statistics.median(latencies),
            p99=latencies[int(len(latencies) * 0.99)],
            app_cpu=app_cpu / len(latencies),
            postgres_cpu=postgres_cpu / len(latencies),
            memory=memory_mib(server.pid),
        )

    def _load(self, server: Server, *work: str) -> Any:
        argv = [sys.executable, "-m", "benchmarks.study.load", "--port", str(server.port)]
        ended = subprocess.run(
            [*argv, "--connections", str(CONNECTIONS), *work],
            env={**os.environ, **self.environment},
            stdout=subprocess.PIPE,
            check=True,
        )
        return orjson.loads(ended.stdout)

    def _logged(self) -> int:
        return self.postgres.log.read_text().count("LOG:  execute ")

    def _log_statements(self, which: str) -> None:
        with psycopg.connect(self.postgres.url(SUPERUSER), autocommit=True) as connection:
            connection.execute(f"alter system set log_statement = '{which}'")
            connection.execute("select pg_reload_conf()")


def medians(runs: Sequence[Figures], statements: float) -> Figures:
    """The median of each figure."""
    return Figures(
        per_second=statistics.median(run.per_second for run in runs),
        p50=statistics.median(run.p50 for run in runs),
        p99=statistics.median(run.p99 for run in runs),
        app_cpu=statistics.median(run.app_cpu for run in runs),
        postgres_cpu=statistics.median(run.postgres_cpu for run in runs),
        memory=statistics.median(run.memory for run in runs),
        statements=statements,
    )


def _skip(numbers: Iterator[int], how_many: int) -> None:
    for _ in islice(numbers, how_many):
        pass
