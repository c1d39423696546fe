"""What updates cost: acknowledgements as the load sees them, answers as the fake Telegram counts them."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from benchmarks.intake.contenders import Contender
from benchmarks.study.processes import cpu_ms, memory_mib

PEOPLE: Final = 200
CONNECTIONS: Final = 32
PATIENCE_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Sustained:
    """A burst, from its first update to its last answer: answers a second, CPU of one update in milliseconds."""

    per_second: float
    cpu: float
    servers_cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Updates at an offered rate: times in milliseconds from when each was due."""

    p50: float
    p99: float
    refused: int


@dataclass(frozen=True, slots=True)
class Bench:
    """The servers that all share, and update ids that nobody has had yet."""

    environment: Mapping[str, str]
    servers: tuple[int, ...]
    telegram: str
    log: Path
    unused: Iterator[range]

    def sustained(self, contender: Contender, updates: int) -> Sustained:
        """Hand updates over as fast as they are taken, and wait for every answer."""
        sent, _ = self._sent()
        before = _cpu(contender.pids), _cpu(self.servers)
        began = self._load(contender, updates, 0.0)["began"]
        last = self._answered(sent + updates)
        own, shared = _cpu(contender.pids) - before[0], _cpu(self.servers) - before[1]
        return Sustained(
            updates / (last - began), own / updates, shared / updates, sum(map(memory_mib, contender.pids))
        )

    def acknowledged(self, contender: Contender, rate: float, seconds: float) -> Acknowledged:
        """Offer updates at a rate, whatever becomes of those before."""
        sent, _ = self._sent()
        updates = int(rate * seconds)
        found = self._load(contender, updates, rate)
        self._answered(sent + updates - found["refused"])
        latencies = sorted(found["latencies_ms"])
        return Acknowledged(latencies[len(latencies) // 2], latencies[int(len(latencies) * 0.99)], found["refused"])

    def _load(self, contender: Contender, updates: int, rate: float) -> Any:
        numbers = next(self.unused)
        given = {
            "--port": contender.port,
            "--first": numbers.start,
            "--count": updates,
            "--people": PEOPLE,
            "--connections": CONNECTIONS,
            "--rate": rate,
        }
        argv = [sys.executable, "-m", "benchmarks.intake.load"]
        words = [word for name, value in given.items() for word in (name, str(value))]
        environment = {**os.environ, **self.environment}
        return orjson.loads(subprocess.run([*argv, *words], env=environment, stdout=subprocess.PIPE, check=True).stdout)

    def _answered(self, wanted: int) -> float:
        """Return when the last of the wanted answers was sent.

        Raises: SystemExit when some never are.
        """
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            sent, last = self._sent()
            if sent >= wanted:
                return last
            time.sleep(0.02)
        raise SystemExit(
            f"{wanted - sent} of the answers did not come within {PATIENCE_S:.0f} s; the servers' log ends:\n"
            f"{self.log.read_text()[-3000:]}"
        )

    def _sent(self) -> tuple[int, float]:
        with urllib.request.urlopen(f"{self.telegram}/sent", timeout=30) as answer:
            document = orjson.loads(answer.read())
        return document["sent"], document["last"]


def _cpu(pids: tuple[int, ...]) -> float:
    return sum(map(cpu_ms, pids))
