"""Telegram's deliveries, a process of its own: in order within a chat, each again until it is taken; prints JSON."""

import argparse
import asyncio
import time
from collections import defaultdict

import orjson
import uvloop

from benchmarks.intake.load import SECRET, update
from benchmarks.study.client import Client

CONNECTIONS = 32
PAUSE_S = 0.2
REDELIVER_EVERY = 50


class Deliveries:
    """Update number n goes to chat n modulo `people`, at most `rate` updates a second."""

    def __init__(self, port: int, updates: int, people: int, rate: float) -> None:
        self._port = port
        self._people = people
        self._rate = rate
        self._lines: dict[int, list[int]] = defaultdict(list)
        for number in range(updates):
            self._lines[number % people % CONNECTIONS].append(number)
        self._began = 0.0
        self.refused = 0

    async def run(self) -> None:
        self._began = time.monotonic()
        await asyncio.gather(*(self._line(numbers) for numbers in self._lines.values()))

    async def _line(self, numbers: list[int]) -> None:
        client = await Client.open(self._port)
        for number in numbers:
            await asyncio.sleep(max(0.0, self._began + number / self._rate - time.monotonic()))
            body = update(number + 1, 1 + number % self._people, str(number))
            client = await self._deliver(client, body)
            if number % REDELIVER_EVERY == 0:
                client = await self._deliver(client, body)
        client.close()

    async def _deliver(self, client: Client, body: bytes) -> Client:
        while True:
            try:
                await client.send("POST", "/api/webhook", body, secret=SECRET)
            except RuntimeError:
                self.refused += 1
                await asyncio.sleep(PAUSE_S)
            else:
                return client


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos.load", description=__doc__)
    for name in ("port", "updates", "people"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--rate", type=float, required=True)
    deliveries = Deliveries(**vars(parser.parse_args()))
    uvloop.run(deliveries.run())
    print(orjson.dumps({"refused": deliveries.refused}).decode())


if __name__ == "__main__":
    main()
