"""The load, a process of its own: learners who rate one card after another, or plain GETs; prints JSON."""

import argparse
import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from random import Random

import orjson
import uvloop

from benchmarks.study.client import Client
from benchmarks.study.seeds import identity
from langagent.accounts.sessions.access_tokens import AccessTokens
from langagent.core.clock import system_clock
from langagent.settings import Settings

Work = Callable[[Client], AsyncIterator[None]]


def main() -> None:
    options = _options()
    random = Random(options.first)
    tokens = AccessTokens(Settings.from_environ(os.environ), system_clock)

    def learners() -> Iterator[Work]:
        for number in range(options.first, options.first + options.count):
            token = str(number)
            if not options.bare:
                token, _ = tokens.issue(identity("user", number), identity("session", number))
            yield partial(_rate, learner=number, token=token, ratings=options.each, random=random)

    def gets() -> Iterator[Work]:
        for _ in range(options.count):
            yield partial(_get, path=options.path, times=options.each)

    seconds, latencies = uvloop.run(_run(options, gets() if options.path else learners()))
    print(orjson.dumps({"seconds": seconds, "latencies_ms": latencies}).decode())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--connections", type=int, required=True)
    parser.add_argument("--first", type=int, default=1, help="number of the first learner")
    parser.add_argument("--count", type=int, required=True, help="learners, or runs of GETs")
    parser.add_argument("--each", type=int, required=True, help="requests of each")
    parser.add_argument("--path", default="", help="GET this instead of rating")
    parser.add_argument("--bare", action="store_true", help="the server knows learners by number, not by token")
    return parser.parse_args()


async def _run(options: argparse.Namespace, works: Iterator[Work]) -> tuple[float, list[float]]:
    latencies: list[float] = []

    async def connection() -> None:
        client = await Client.open(options.port)
        for work in works:
            started = time.perf_counter()
            async for _ in work(client):
                ended = time.perf_counter()
                latencies.append(round((ended - started) * 1000, 3))
                started = ended
        client.close()

    began = time.perf_counter()
    await asyncio.gather(*(connection() for _ in range(options.connections)))
    return time.perf_counter() - began, latencies


async def _rate(client: Client, learner: int, token: str, ratings: int, random: Random) -> AsyncIterator[None]:
    card = str(identity("card", learner, 1))
    for number in range(ratings):
        body = {
            "card_id": card,
            "rating": random.choices((1, 2, 3, 4), (10, 10, 70, 10))[0],
            "client_id": identity("rating", learner, number),
            "duration_ms": 2500,
        }
        answer = orjson.loads(await client.send("POST", "/api/cards/rate", orjson.dumps(body), token))
        yield
        card = answer["next"]["card"]["id"]


async def _get(client: Client, path: str, times: int) -> AsyncIterator[None]:
    for _ in range(times):
        await client.send("GET", path)
        yield


if __name__ == "__main__":
    main()
