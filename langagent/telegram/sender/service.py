"""The handler of the outbox: one message sent, or closed for a reason."""

import asyncio
import logging
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from langagent.accounts.correspondents.service import Correspondents
from langagent.core.batches import Batches
from langagent.core.database import Connection, Database
from langagent.core.queue.models import Claim, ClaimLost, Postponed
from langagent.core.queue.session import DATABASE_ERRORS
from langagent.notifications.outbox import queries
from langagent.notifications.outbox.models import Delivery, Status
from langagent.telegram.api import BotApi, RefusedError, TooManyRequestsError
from langagent.telegram.metrics import SENT
from langagent.telegram.pace import Pace, TooSoonError
from langagent.telegram.sender.rules import SENDING, FloodWatch, Verdict, plain, verdict

RECORDS: Final = 100
PAUSE_S: Final = 0.5
ERROR_LENGTH: Final = 300

logger = logging.getLogger(__name__)


class Sender:
    """Sends at Telegram's pace; what is sent at once is recorded in one statement."""

    def __init__(self, database: Database, correspondents: Correspondents, api: BotApi, pace: Pace) -> None:
        self._database = database
        self._correspondents = correspondents
        self._api = api
        self._pace = pace
        self._flood = FloodWatch()
        self._records = Batches(self._record, most=RECORDS)

    async def handle(self, claim: Claim) -> None:
        """Raises: UnreachableError, RefusedError that may end by itself; Postponed when Telegram asks to wait."""
        row = claim.row
        payload = {"chat_id": row["chat_id"], **row["payload"]}
        try:
            message_id = await self._send(row["method"], row["chat_id"], payload)
        except RefusedError as error:
            await self._refused(claim, payload, error)
            return
        await self._close(claim, Delivery(claim.key, claim.number, Status.SENT, message_id))

    async def buried(self, connection: Connection, claim: Claim) -> None:
        """Says in the row's own words that it failed, in the transaction that gives it up."""
        SENT.labels(claim.row["method"], Status.FAILED).inc()
        await queries.mark_failed(connection, claim.key)

    async def _send(self, method: str, chat_id: int, payload: dict[str, Any]) -> int | None:
        try:
            await self._pace.turn(chat_id)
            result = await self._api.call(method, payload)
        except TooSoonError as error:
            raise Postponed(timedelta(seconds=error.wait_s)) from None
        except TooManyRequestsError as error:
            if self._flood.is_global(chat_id, time.monotonic()):
                await self._pace.freeze(error.retry_after)
            raise Postponed(timedelta(seconds=error.retry_after)) from None
        return result.get("message_id") if isinstance(result, dict) else None

    async def _refused(self, claim: Claim, payload: dict[str, Any], error: RefusedError) -> None:
        ruling = verdict(error)
        if ruling is Verdict.RETRY:
            raise error
        if ruling is Verdict.PLAIN and "parse_mode" in payload:
            await self._send_plainly(claim, payload)
        elif ruling is Verdict.UNREACHABLE:
            await self._give_up_chat(claim, error)
        else:
            status = Status.SENT if ruling is Verdict.DONE else Status.FAILED
            await self._close(claim, _closed(claim, status, error))

    async def _send_plainly(self, claim: Claim, payload: dict[str, Any]) -> None:
        logger.warning("markup refused", extra={"event": "markup_refused", "operation": claim.row["method"]})
        try:
            message_id = await self._send(claim.row["method"], claim.row["chat_id"], plain(payload))
        except RefusedError as error:
            await self._close(claim, _closed(claim, Status.FAILED, error))
            return
        await self._close(claim, Delivery(claim.key, claim.number, Status.SENT, message_id))

    async def _give_up_chat(self, claim: Claim, error: RefusedError) -> None:
        async with self._database.unit_of_work() as connection:
            if not await queries.record(connection, [_closed(claim, Status.SKIPPED, error)]):
                raise ClaimLost(claim.trace_id)
            await self._correspondents.lost(connection, claim.row["chat_id"])
            await queries.skip(connection, claim.row["chat_id"])
        claim.completed = True
        SENT.labels(claim.row["method"], Status.SKIPPED).inc()

    async def _close(self, claim: Claim, delivery: Delivery) -> None:
        if not await self._records.add(delivery):
            raise ClaimLost(claim.trace_id)
        claim.completed = True
        SENT.labels(claim.row["method"], delivery.status).inc()

    async def _record(self, deliveries: Sequence[Delivery]) -> list[bool]:
        """Tries for as long as the claims hold: what is not recorded is sent once more."""
        deadline = time.monotonic() + SENDING.lease.total_seconds()
        while True:
            try:
                async with self._database.connection() as connection:
                    recorded = await queries.record(connection, deliveries)
                return [delivery.id in recorded for delivery in deliveries]
            except DATABASE_ERRORS:
                if time.monotonic() > deadline:
                    raise
            await asyncio.sleep(PAUSE_S)


def _closed(claim: Claim, status: Status, error: RefusedError) -> Delivery:
    return Delivery(claim.key, claim.number, status, error=error.description[:ERROR_LENGTH])
