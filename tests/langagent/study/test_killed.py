"""`kill -9` of the app in the middle of ratings: every row is whole, and sending again finishes the work."""

import asyncio
import os
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest

from benchmarks.study.processes import uvicorn
from langagent.accounts.sessions.access_tokens import AccessTokens
from langagent.core.clock import system_clock
from langagent.settings import Settings
from tests.langagent.study.conftest import Study

CARDS = 24
BEFORE_THE_KILL = 8


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    return {
        "DATABASE_URL": settings.database_url.reveal(),
        "REDIS_URL": settings.redis_url.reveal(),
        "SECRET_KEY": settings.secret_key.reveal(),
        "TRIAL_HASH_KEY": settings.trial_hash_key.reveal(),
        "TELEGRAM_BOT_TOKEN": settings.telegram_bot_token.reveal(),
    }


async def token(study: Study, settings: Settings) -> str:
    session = uuid4()
    await study.execute(
        """
        insert into auth_sessions (id, user_id, refresh_hash, method, device_label, expires_at, absolute_expires_at)
        values ($1, $2, 'hash', 'dev', 'test', now() + interval '1 day', now() + interval '1 day')
        """,
        session, study.user_id,
    )  # fmt: skip
    issued, _ = AccessTokens(settings, system_clock).issue(study.user_id, session)
    return issued


async def test_every_row_is_whole_and_a_second_try_finishes(
    study: Study, settings: Settings, environment: dict[str, str], tmp_path: Path
) -> None:
    ratings = [{"card_id": str(await study.add_card()), "rating": 3, "client_id": str(uuid4())} for _ in range(CARDS)]
    headers = {"Authorization": f"Bearer {await token(study, settings)}"}
    answered = 0
    with uvicorn("langagent.app:create_app", environment, tmp_path / "log", "/health/live") as (pid, port):

        async def send(client: httpx2.AsyncClient, rating: dict[str, object]) -> None:
            nonlocal answered
            try:
                answer = await client.post("/api/cards/rate", json=rating)
            except httpx2.TransportError:
                return
            assert answer.status_code == 200, answer.text
            answered += 1
            if answered == BEFORE_THE_KILL:
                os.kill(pid, 9)

        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers) as client:
            await asyncio.gather(*(send(client, rating) for rating in ratings))

    logged = {review["card_id"]: review for review in await study.reviews()}
    rows = await study.fetch("select * from card_progress where user_id = $1", study.user_id)
    assert BEFORE_THE_KILL <= answered <= len(rows) < CARDS
    assert {row["card_id"]: (row["reps"], row["stability"]) for row in rows} == {
        card: (1, review["stability_after"]) for card, review in logged.items()
    }

    with uvicorn("langagent.app:create_app", environment, tmp_path / "log", "/health/live") as (_, port):
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers) as client:
            for rating in ratings:
                assert (await client.post("/api/cards/rate", json=rating)).status_code == 200
    rows = await study.fetch("select reps from card_progress where user_id = $1", study.user_id)
    assert [row["reps"] for row in rows] == [1] * CARDS
