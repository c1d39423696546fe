"""One-time links and codes: they work once, for ten minutes, and guessing is no use."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import httpx2
import pytest

from langagent.accounts.room import open_accounts
from langagent.accounts.sign_in.codes import new_code, normalised
from langagent.accounts.sign_in.models import IssuedCode
from langagent.core.database import Database
from langagent.core.floor import lay_floor
from langagent.jobs.service import Jobs
from langagent.settings import Secret, Settings
from tests.langagent.accounts.apps import running
from tests.langagent.conftest import FrozenClock
from tests.langagent.learners import Learner, sign_in


class Bot:
    """Issues links as the bot will: from another process, with the same settings."""

    def __init__(self, settings: Settings, clock: FrozenClock, database: Database) -> None:
        floor = lay_floor(settings, clock, name="bot")
        self._codes = open_accounts(floor, Jobs(floor.database)).codes
        self._database = database

    async def issue(self, user_id: UUID) -> IssuedCode:
        async with self._database.unit_of_work() as connection:
            return await self._codes.issue(connection, user_id)


@pytest.fixture
def bot(settings: Settings, clock: FrozenClock, database: Database) -> Bot:
    return Bot(settings, clock, database)


async def redeem(client: httpx2.AsyncClient, address: str = "", **body: str) -> httpx2.Response:
    headers = {"X-Forwarded-For": address} if address else {}
    return await client.post("/api/auth/link", json=body, headers=headers)


def other_than(code: str, position: int) -> str:
    """``code`` with one character changed."""
    replacement = "0" if code[position] != "0" else "1"
    return code[:position] + replacement + code[position + 1 :]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Behind a proxy, so that tests come from many addresses."""
    return replace(settings, trusted_proxies=("127.0.0.1",))


async def test_a_link_signs_in_once(client: httpx2.AsyncClient, learner: Learner, bot: Bot) -> None:
    issued = await bot.issue(learner.id)
    first = await redeem(client, token=issued.token)
    assert (first.status_code, first.json()["user"]["id"]) == (200, str(learner.id))
    assert first.json()["is_new"] is False
    assert (await redeem(client, token=issued.token)).json()["error"]["code"] == "AUTH_FAILED"
    assert (await redeem(client, code=issued.code)).json()["error"]["code"] == "AUTH_FAILED"


async def test_a_code_may_be_typed_carelessly(client: httpx2.AsyncClient, learner: Learner, bot: Bot) -> None:
    issued = await bot.issue(learner.id)
    typed = f" {issued.code[:4].lower()}-{issued.code[4:]}".replace("0", "o").replace("1", "l")
    assert (await redeem(client, code=typed)).status_code == 200


async def test_many_redeem_one_code_at_once(client: httpx2.AsyncClient, learner: Learner, bot: Bot) -> None:
    issued = await bot.issue(learner.id)
    answers = await asyncio.gather(*(redeem(client, f"10.0.0.{n}", code=issued.code) for n in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401, 401, 401]


async def test_a_code_lives_ten_minutes(
    client: httpx2.AsyncClient, learner: Learner, bot: Bot, clock: FrozenClock
) -> None:
    issued = await bot.issue(learner.id)
    clock.advance(timedelta(minutes=10))
    assert (await redeem(client, code=issued.code)).status_code == 401
    assert (await redeem(client, token=issued.token)).status_code == 401


async def test_a_new_code_ends_the_one_before(client: httpx2.AsyncClient, learner: Learner, bot: Bot) -> None:
    old, new = await bot.issue(learner.id), await bot.issue(learner.id)
    assert (await redeem(client, token=old.token)).status_code == 401
    assert (await redeem(client, token=new.token)).status_code == 200


async def test_five_wrong_tries_close_an_address_to_codes_but_not_to_links(
    client: httpx2.AsyncClient, learner: Learner, bot: Bot
) -> None:
    issued = await bot.issue(learner.id)
    wrong = [await redeem(client, code=code) for code in ("00000000", "0", "11111111", "2222", "ZZZZZZZZ")]
    assert {answer.status_code for answer in wrong} == {401}
    refused = await redeem(client, code=issued.code)
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "RATE_LIMIT_EXCEEDED")
    assert 0 < refused.json()["error"]["retry_after"] <= 600
    assert (await redeem(client, token="wrong")).status_code == 429
    assert (await redeem(client, "10.0.0.9", code=issued.code)).status_code == 200
    again = await bot.issue(learner.id)
    assert (await redeem(client, token=again.token)).status_code == 200


async def test_right_codes_use_up_no_tries(client: httpx2.AsyncClient, bot: Bot) -> None:
    for number in range(8):
        pupil = await sign_in(client, 1000 + number)
        assert (await redeem(client, code=(await bot.issue(pupil.id)).code)).status_code == 200


async def test_a_code_dies_of_five_wrong_tries_at_it_from_anywhere(
    client: httpx2.AsyncClient, learner: Learner, bot: Bot
) -> None:
    issued = await bot.issue(learner.id)
    near = other_than(issued.code, 7)
    for number in range(5):
        assert (await redeem(client, f"10.0.1.{number}", code=near)).status_code == 401
    assert (await redeem(client, "10.0.2.1", code=issued.code)).status_code == 401
    assert (await redeem(client, "10.0.2.1", token=issued.token)).status_code == 200


async def test_wrong_tries_at_other_codes_lock_nobody_out(
    client: httpx2.AsyncClient, learner: Learner, bot: Bot
) -> None:
    issued = await bot.issue(learner.id)
    elsewhere = other_than(issued.code, 0)
    for number in range(12):
        await redeem(client, f"10.0.3.{number}", code=elsewhere)
    assert (await redeem(client, code=issued.code)).status_code == 200


async def test_codes_are_open_to_right_ones_without_redis(
    settings: Settings, clock: FrozenClock, learner: Learner, bot: Bot
) -> None:
    issued = await bot.issue(learner.id)
    async with running(replace(settings, redis_url=Secret("unix:///nonexistent/redis.sock")), clock) as client:
        assert (await redeem(client, code=issued.code)).status_code == 200


async def test_a_blocked_learner_does_not_use_up_the_link(
    client: httpx2.AsyncClient, learner: Learner, bot: Bot, database: Database
) -> None:
    issued = await bot.issue(learner.id)
    async with database.connection() as connection:
        await connection.execute("update users set blocked_at = now()")
    assert (await redeem(client, token=issued.token)).status_code == 403
    async with database.connection() as connection:
        await connection.execute("update users set blocked_at = null")
    assert (await redeem(client, token=issued.token)).status_code == 200


async def test_nothing_readable_is_stored(learner: Learner, bot: Bot, database: Database) -> None:
    issued = await bot.issue(learner.id)
    async with database.connection() as connection:
        row = await connection.fetchrow("select token_hash, code_hash from sign_in_codes")
    for secret in (issued.token, issued.code):
        assert secret.encode() not in row["token_hash"] + row["code_hash"]


def test_codes_look_as_specified() -> None:
    codes = [new_code() for _ in range(200)]
    assert all(len(issued.token) == 22 and normalised(issued.code) == issued.code for issued in codes)
    assert len({issued.code for issued in codes}) == 200


@pytest.mark.parametrize("typed", ["", "1234567", "123456789", "1234567U", "1234567Ж", "ABCD\x0012"])
def test_what_cannot_be_a_code(typed: str) -> None:
    assert normalised(typed) is None
