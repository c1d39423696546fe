"""Idempotency keys: a repeated POST gets the answer of the first (PRODUCT 14.1)."""

import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from langagent.core import queries
from langagent.core.database import Database
from langagent.core.errors import AppError, ErrorCode
from langagent.core.http.event_stream import DONE, Event, EventStream, wants_events
from langagent.core.http.principal import Principal
from langagent.core.http.responses import Json

KEY_LIFE: Final = timedelta(hours=24)
ABANDONED_AFTER: Final = timedelta(seconds=60)
_KEY: Final = re.compile(r"[\x21-\x7e]{1,64}")

Run = Callable[[], Awaitable[Response]]


class Idempotency:
    """Runs a call once per key and learner, and remembers its answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def once(self, request: Request, key: str, run: Run) -> Response:
        """The answer of ``run``, or the stored one of the call that used ``key`` before.

        Raises: AppError IDEMPOTENCY_CONFLICT when the key belongs to another body or to a call still running.
        """
        if not _KEY.fullmatch(key):
            raise AppError(ErrorCode.VALIDATION_ERROR, details={"Idempotency-Key": "1-64 visible ASCII characters"})
        principal: Principal = request.state.principal
        body_hash = hashlib.sha256(await request.body()).digest()
        call = queries.StoredCall(request.method, request.url.path, body_hash, None, None)
        async with self._database.connection() as connection:
            free = await queries.reserve_key(
                connection, principal.user_id, key, call, life=KEY_LIFE, abandoned_after=ABANDONED_AFTER
            )
            stored = None if free else await queries.stored_call(connection, principal.user_id, key)
        if not free:
            return _replayed(request, call, stored)
        return await self._run(principal, key, run)

    async def _run(self, principal: Principal, key: str, run: Run) -> Response:
        try:
            response = await run()
        except BaseException:
            await self._release(principal, key)
            raise
        if isinstance(response, EventStream):
            response.on_done = partial(self._store, principal, key, response.status_code)
        elif isinstance(response, StreamingResponse) or response.status_code >= 500:
            await self._release(principal, key)
        else:
            await self._store(principal, key, response.status_code, bytes(response.body))
        return response

    async def _store(self, principal: Principal, key: str, status: int, body: bytes) -> None:
        content = orjson.loads(body) if body else None
        async with self._database.connection() as connection:
            await queries.store_answer(connection, principal.user_id, key, status, content)

    async def _release(self, principal: Principal, key: str) -> None:
        async with self._database.connection() as connection:
            await queries.release_key(connection, principal.user_id, key)


def _replayed(request: Request, call: queries.StoredCall, stored: queries.StoredCall | None) -> Response:
    same = stored is not None and (stored.method, stored.path, stored.body_hash) == (
        call.method,
        call.path,
        call.body_hash,
    )
    if stored is None or not same or stored.status is None:
        raise AppError(ErrorCode.IDEMPOTENCY_CONFLICT)
    replayed: Response = Json(stored.response, status_code=stored.status)
    if wants_events(request):
        replayed = EventStream(_only(Event(DONE, bytes(replayed.body))), stored.status)
    replayed.headers["Idempotency-Replayed"] = "true"
    return replayed


async def _only(event: Event) -> AsyncIterator[Event]:
    yield event
