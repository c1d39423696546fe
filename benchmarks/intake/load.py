"""The load, a process of its own: updates as Telegram sends them; prints JSON."""

import argparse
import asyncio
import time
from collections.abc import Iterator

import orjson
import uvloop

from benchmarks.study.client import Client

SECRET = "benchmark"


def update(number: int, person: int, text: str = "hola") -> bytes:
    """One text message of a private chat."""
    sender = {"id": person, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    chat = {"id": person, "type": "private", "first_name": "Ann"}
    message = {"message_id": number, "date": int(time.time()), "chat": chat, "from": sender, "text": text}
    return orjson.dumps({"update_id": number, "message": message})


class Load:
    """Sends updates over several connections; `rate` a second, or with 0 as fast as they are taken."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._numbers = iter(range(options.first, options.first + options.count))
        self._due = self._schedule(options.rate)
        self.latencies_ms: list[float] = []
        self.refused = 0

    async def run(self) -> float:
        """Return when it began, by the clock that all processes share."""
        clients = [await Client.open(self._options.port) for _ in range(self._options.connections)]
        began = time.monotonic()
        await asyncio.gather(*(self._send(client, began) for client in clients))
        for client in clients:
            client.close()
        return began

    def _schedule(self, rate: float) -> Iterator[float]:
        return (index / rate if rate else 0.0 for index in range(self._options.count))

    async def _send(self, client: Client, began: float) -> None:
        for number in self._numbers:
            due = began + next(self._due)
            if (wait := due - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            started = due if self._options.rate else time.monotonic()
            try:
                await client.send(
                    "POST", "/api/webhook", update(number, 1 + number % self._options.people), secret=SECRET
                )
            except RuntimeError:
                self.refused += 1
            self.latencies_ms.append(round((time.monotonic() - started) * 1000, 3))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.intake.load", description=__doc__)
    for name in ("port", "first", "count", "people", "connections"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--rate", type=float, default=0.0)
    load = Load(parser.parse_args())
    began = uvloop.run(load.run())
    print(orjson.dumps({"began": began, "latencies_ms": load.latencies_ms, "refused": load.refused}).decode())


if __name__ == "__main__":
    main()
