"""Delivery of updates to the bot's webhook, with the order and the patience of Telegram."""

import asyncio
import heapq
from collections import deque
from dataclasses import dataclass, field

import httpx2

from emulators.telegram.clock import Clock
from emulators.telegram.updates import Queue, Update, Updates

LONGEST_WAIT = 120
LONGEST_RETRY_AFTER = 3600
_ANSWER_WITHIN = 60.0


@dataclass(slots=True)
class Webhook:
    """Where updates go, and what went wrong last."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str = ""
    last_error_date: int = 0
    last_error_message: str = ""


@dataclass(slots=True)
class Attempt:
    """What a delivery met: an error in Telegram's words, or none, and the pause that the bot asked for."""

    status: int = 0
    error: str = ""
    retry_after: int = 0


@dataclass(slots=True)
class _Line:
    updates: deque[Update] = field(default_factory=deque)
    fails: int = 0
    delay: int = 1


class Delivery:
    """Sends updates: one at a time within a queue, several queues at once, each until it is answered with 2xx."""

    def __init__(self, webhook: Webhook, updates: Updates, clock: Clock) -> None:
        self.webhook = webhook
        self._updates = updates
        self._clock = clock
        self._client = httpx2.AsyncClient(timeout=_ANSWER_WITHIN, trust_env=False)
        self._lines: dict[Queue, _Line] = {}
        self._due: list[tuple[float, int, Queue]] = []
        self._flying: set[asyncio.Task[None]] = set()
        self._loop: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin with what already waits."""
        for update in self._updates.pending():
            self.add(update)
        self._loop = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Give up what is under way; it stays pending."""
        tasks = [*self._flying, *([self._loop] if self._loop else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._client.aclose()

    def add(self, update: Update) -> None:
        """Line an update up behind those of its queue."""
        line = self._lines.setdefault(update.queue, _Line())
        line.updates.append(update)
        if len(line.updates) == 1:
            self._schedule(update, self._clock.now())

    async def send(self, update: Update) -> Attempt:
        """Send an update once, whatever became of it before."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.secret_token} if self.webhook.secret_token else {}
        try:
            answer = await self._client.post(self.webhook.url, json=update.json(), headers=headers)
        except httpx2.ConnectError:
            return Attempt(error="Connection refused")
        except httpx2.TimeoutException:
            return Attempt(error="Read timeout expired")
        except httpx2.HTTPError:
            return Attempt(error="Webhook connection closed")
        if answer.is_success:
            return Attempt(answer.status_code)
        reason = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
        return Attempt(answer.status_code, reason, _retry_after(answer))

    def _schedule(self, update: Update, at: float) -> None:
        heapq.heappush(self._due, (at, update.update_id, update.queue))
        self._updates.changed.notify()

    async def _run(self) -> None:
        while True:
            self._send_due()
            await self._updates.changed.wait(self._clock, self._until_next())

    def _until_next(self) -> float | None:
        if not self._due or len(self._flying) >= self.webhook.max_connections:
            return None
        return max(0.0, self._due[0][0] - self._clock.now())

    def _send_due(self) -> None:
        while self._due and len(self._flying) < self.webhook.max_connections and self._due[0][0] <= self._clock.now():
            task = asyncio.create_task(self._deliver(heapq.heappop(self._due)[2]))
            self._flying.add(task)
            task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        self._updates.changed.notify()

    async def _deliver(self, queue: Queue) -> None:
        line = self._lines[queue]
        update = line.updates[0]
        if update.expires < self._clock.now():
            self._next(line)
            return
        attempt = await self.send(update)
        if not attempt.error:
            self._next(line)
            return
        self.webhook.last_error_date = int(self._clock.now())
        self.webhook.last_error_message = attempt.error
        self._retry(line, attempt.retry_after)

    def _retry(self, line: _Line, retry_after: int) -> None:
        wait = min(retry_after, LONGEST_RETRY_AFTER)
        if not wait and line.fails:
            line.delay = min(LONGEST_WAIT, line.delay * 2)
            wait = line.delay
        line.fails += 1
        update = line.updates[0]
        if self._clock.now() + wait > update.expires:
            self._next(line)
        else:
            self._schedule(update, self._clock.now() + wait)

    def _next(self, line: _Line) -> None:
        done = line.updates.popleft()
        self._updates.forget(done.update_id)
        line.fails, line.delay = 0, 1
        if line.updates:
            self._schedule(line.updates[0], self._clock.now())
        else:
            del self._lines[done.queue]


def _retry_after(answer: httpx2.Response) -> int:
    value = answer.headers.get("retry-after", "")
    return int(value) if value.isdecimal() else 0
