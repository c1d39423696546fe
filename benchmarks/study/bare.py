"""The ceiling: the same statements and the same scheduler behind a bare Starlette route, with nothing of our floor."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.study.seeds import identity
from langagent.core.clock import day_end, learning_day, system_clock
from langagent.study.queue.queries import QUEUE, learner_of, schedule_of
from langagent.study.ratings.queries import TARGET, WRITE
from langagent.study.scheduling import Rating, previews, rate

RANKS = (1, 2, 3, 4)


def create_app() -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=1, max_size=10, init=_jsonb) as pool:
            app.state.pool = pool
            yield

    return Starlette(
        routes=[Route("/api/cards/rate", _rate, methods=["POST"]), Route("/live", _live)], lifespan=lifespan
    )


async def _live(_request: Request) -> Response:
    return Response(b'{"status":"ok"}', media_type="application/json")


async def _rate(request: Request) -> Response:
    body = orjson.loads(await request.body())
    now = system_clock()
    day = learning_day(now, "UTC")
    user_id = identity("user", int(request.headers["authorization"].rpartition(" ")[2]))
    card_id = UUID(body["card_id"])
    async with request.app.state.pool.acquire() as connection, connection.transaction():
        row = await connection.fetchrow(TARGET, user_id, card_id, UUID(body["client_id"]))
        learner, before = learner_of(row), schedule_of(row)
        after = rate(before, Rating(body["rating"]), now, day, learner.rules, 0.5)
        outcome = {"card_id": card_id, "due": after.due, "stability": after.stability, "difficulty": after.difficulty}
        await connection.fetchval(
            WRITE, user_id, card_id, learner.profile_id, UUID(body["client_id"]), None, body["rating"], "app", now,
            day, body["duration_ms"], before and before.state, 0, before and before.scheduled_days,
            after.scheduled_days, after.stability, after.difficulty, outcome, after.state, after.step, after.due,
            after.reps, after.lapses, after.suspended, after.leech, after.introduced_on, now, before is not None,
        )  # fmt: skip
        rows = await connection.fetch(
            QUEUE[learner.new_card_order], user_id, learner.profile_id, learner.active_deck_id, now,
            day_end(now, "UTC"), day, learner.new_cards_per_day, RANKS, 1,
        )  # fmt: skip
    following: dict[str, Any] = dict(rows[0])
    captions = previews(schedule_of(rows[0]), now, learner.rules)
    return Response(
        orjson.dumps({**outcome, "next": {"card": following, "previews": captions}}, default=str),
        media_type="application/json",
    )


async def _jsonb(connection: Any) -> None:
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", format="binary",
        encoder=lambda value: b"\x01" + orjson.dumps(value), decoder=lambda data: orjson.loads(data[1:]),
    )  # fmt: skip
