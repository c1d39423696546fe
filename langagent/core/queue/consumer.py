"""A consumer: claims rows of one queue, hands each to the handler, and records what became of it."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Final

import asyncpg

from langagent.core.database import Connection, Database
from langagent.core.logging import redact, request_id
from langagent.core.queue import queries
from langagent.core.queue.metrics import ROWS, SECONDS
from langagent.core.queue.models import DEFAULT_POLICY, ERROR_LENGTH, Claim, ClaimLost, Policy, Postponed, QueueTable
from langagent.core.queue.session import DATABASE_ERRORS

Handler = Callable[[Claim], Awaitable[None]]
Buried = Callable[[Connection, Claim], Awaitable[None]]
Write = Callable[[Connection], Awaitable[bool]]

SHORTEST_SLEEP_S: Final = 0.02
GATHERING_S: Final = 0.01
PAUSE_AFTER_ERROR_S: Final = 0.5
UNWIND_S: Final = 2.0

logger = logging.getLogger(__name__)


async def complete(connection: Connection, claim: Claim) -> None:
    """Marks the row as done, in the handler's last transaction, with its effects.

    Raises: ClaimLost when the row is not this worker's any more; the transaction must then be rolled back.
    """
    if not await queries.complete(connection, claim):
        raise ClaimLost(claim.trace_id)
    claim.completed = True


class Consumer:
    """Handles the rows of one queue: each lane strictly in order, up to ``concurrency`` lanes at once.

    The handler does its slow work outside transactions and calls `complete` in its last one. A handler that has no
    effects in the database may leave that out.

    Args:
        worker: name of this worker, unlike that of any other living one; a worker that starts under the name of a
            dead one takes its rows over at once.
        buried: runs in the transaction that makes a row a dead letter.
    """

    def __init__(
        self,
        database: Database,
        table: QueueTable,
        handler: Handler,
        *,
        worker: str,
        concurrency: int,
        policy: Policy = DEFAULT_POLICY,
        buried: Buried | None = None,
    ) -> None:
        self._database = database
        self._table = table
        self._handler = handler
        self._worker = worker
        self._concurrency = concurrency
        self._policy = policy
        self._buried = buried
        self._running: dict[Claim, asyncio.Task[None]] = {}
        self._woken = asyncio.Event()
        self._recovered = False

    def wake(self) -> None:
        """There may be something to claim."""
        self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Works until ``stop`` is set; then finishes what runs, and gives back what does not end in time."""
        async with asyncio.TaskGroup() as group:
            helpers = [group.create_task(self._renew_leases()), group.create_task(self._wake_at(stop))]
            try:
                while not stop.is_set():
                    await self._turn()
                    if self._running:
                        # Rows that come meanwhile share the next claim, which costs hardly more than that of one.
                        await asyncio.sleep(GATHERING_S)
            finally:
                await self._drain(self._policy.drain if stop.is_set() else timedelta(0))
                for helper in helpers:
                    helper.cancel()

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.wake()

    async def _turn(self) -> None:
        self._woken.clear()
        free = self._concurrency - len(self._running)
        try:
            claims = await self._claim(free) if free else []
            sleep = 0.0 if claims else await self._idle_time(free)
        except DATABASE_ERRORS as error:
            self._warn("queue_unreachable", error)
            claims, sleep = [], PAUSE_AFTER_ERROR_S
        for claim in claims:
            self._start(claim)
        if sleep:
            with suppress(TimeoutError):
                async with asyncio.timeout(sleep):
                    await self._woken.wait()

    async def _claim(self, free: int) -> list[Claim]:
        async with self._database.connection() as connection:
            if not self._recovered:
                await queries.recover(connection, self._table, self._worker)
                self._recovered = True
            try:
                return await queries.claim(connection, self._table, self._worker, free, self._policy.lease)
            except asyncpg.UniqueViolationError:
                self.wake()
                return []

    async def _idle_time(self, free: int) -> float:
        longest = self._policy.poll.total_seconds()
        if not free:
            return longest
        async with self._database.connection() as connection:
            due = await queries.next_due(connection, self._table)
        return longest if due is None else min(longest, max(due, SHORTEST_SLEEP_S))

    def _start(self, claim: Claim) -> None:
        task = asyncio.create_task(self._handle(claim), name=claim.trace_id)
        self._running[claim] = task
        task.add_done_callback(partial(self._ended, claim))

    def _ended(self, claim: Claim, task: asyncio.Task[None]) -> None:
        del self._running[claim]
        self.wake()
        if not task.cancelled() and (error := task.exception()):
            self._warn("queue_outcome_not_recorded", error, claim)

    async def _handle(self, claim: Claim) -> None:
        request_id.set(claim.trace_id)
        started = time.monotonic()
        outcome = "cancelled"
        try:
            outcome = await self._outcome(claim)
        finally:
            ROWS.labels(self._table.name, outcome).inc()
            SECONDS.labels(self._table.name).observe(time.monotonic() - started)

    async def _outcome(self, claim: Claim) -> str:
        if claim.deaths >= self._policy.deaths:
            return await self._bury(claim, claim.attempts, f"in hand when {claim.deaths} workers died")
        try:
            async with asyncio.timeout(self._policy.limit.total_seconds()):
                await self._handler(claim)
            if not claim.completed and not await self._write(partial(queries.complete, claim=claim)):
                return "lost"
        except ClaimLost:
            return "lost"
        except Postponed as postponed:
            return await self._pause(claim, postponed.pause, claim.attempts, None, "postponed")
        except Exception as error:
            return await self._fail(claim, error)
        return "done"

    async def _fail(self, claim: Claim, error: Exception) -> str:
        attempts = claim.attempts + 1
        wait = self._policy.pause_after(attempts)
        text = _described(error)
        if wait is None:
            return await self._bury(claim, attempts, text, error)
        self._warn("queue_row_failed", error, claim)
        return await self._pause(claim, wait, attempts, text, "retried")

    async def _pause(self, claim: Claim, wait: timedelta, attempts: int, error: str | None, outcome: str) -> str:
        async def write(connection: Connection) -> bool:
            return await queries.pause(connection, claim, wait, attempts, error)

        return outcome if await self._write(write) else "lost"

    async def _bury(self, claim: Claim, attempts: int, reason: str, error: Exception | None = None) -> str:
        details = {"event": "dead_letter", "operation": self._table.name, "error": reason}

        async def write(connection: Connection) -> bool:
            return await queries.bury(connection, claim, attempts, f"{reason} [{claim.trace_id}]")

        async def write_and_tell(connection: Connection) -> bool:
            buried = await write(connection)
            if buried and self._buried:
                await self._buried(connection, claim)
            return buried

        try:
            buried = await self._write(write_and_tell)
        except Exception:
            logger.exception("nobody was told of the dead letter", extra=details)
            buried = await self._write(write)
        if not buried:
            return "lost"
        logger.error("row is a dead letter", extra=details, exc_info=error)
        return "dead"

    async def _write(self, write: Write) -> bool:
        """One transaction, tried again while PostgreSQL is away, but not longer than the lease."""
        deadline = time.monotonic() + self._policy.lease.total_seconds()
        while True:
            try:
                async with self._database.unit_of_work() as connection:
                    return await write(connection)
            except DATABASE_ERRORS:
                if time.monotonic() > deadline:
                    raise
            await asyncio.sleep(PAUSE_AFTER_ERROR_S)

    async def _renew_leases(self) -> None:
        while True:
            await asyncio.sleep(self._policy.lease.total_seconds() / 3)
            if self._running:
                try:
                    await self._renew()
                except DATABASE_ERRORS as error:
                    self._warn("leases_not_renewed", error)

    async def _renew(self) -> None:
        running = dict(self._running)
        keys = [claim.key for claim in running]
        async with self._database.connection() as connection:
            mine = await queries.renew(connection, self._table, self._worker, keys, self._policy.lease)
        for claim, task in running.items():
            if mine.get(claim.key) != claim.number and not claim.completed:
                task.cancel()

    async def _drain(self, patience: timedelta) -> None:
        if self._running:
            await asyncio.wait(self._running.values(), timeout=patience.total_seconds())
        left = dict(self._running)
        for task in left.values():
            task.cancel()
        if left:
            await asyncio.wait(left.values(), timeout=UNWIND_S)
        for claim in left:
            try:
                async with self._database.connection() as connection:
                    await queries.give_back(connection, claim)
            except DATABASE_ERRORS as error:
                self._warn("claim_not_given_back", error, claim)

    def _warn(self, event: str, error: BaseException, claim: Claim | None = None) -> None:
        details = {"event": event, "operation": self._table.name, "error": _described(error)}
        if claim:
            details["job"] = claim.trace_id
        logger.warning(event.replace("_", " "), extra=details)


def _described(error: BaseException) -> str:
    return redact(f"{type(error).__name__}: {error}")[:ERROR_LENGTH]
