"""Signing in: every way in, the account behind it, and who stays outside."""

import asyncio
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from prometheus_client import REGISTRY

from langagent.core.database import Database
from langagent.settings import Settings, SettingsError
from tests.langagent.accounts.apps import running
from tests.langagent.accounts.telegram_data import init_data, widget
from tests.langagent.conftest import FrozenClock
from tests.langagent.learners import Learner, sign_in

ANNA = {"id": 42, "first_name": "Anna", "last_name": "Karenina", "username": "anna", "language_code": "ru"}


async def validate(client: httpx2.AsyncClient, clock: FrozenClock, user: Any = ANNA, **body: Any) -> httpx2.Response:
    return await client.post("/api/auth/validate", json={"init_data": init_data(clock().timestamp(), user)} | body)


async def count(database: Database, table: str) -> int:
    async with database.connection() as connection:
        found: int = await connection.fetchval(f"select count(*) from {table}")
    return found


async def test_the_first_visit_makes_an_account(client: httpx2.AsyncClient, clock: FrozenClock) -> None:
    answer = await validate(client, clock)
    body = answer.json()
    assert (answer.status_code, body["is_new"]) == (200, True)
    user = body["user"]
    assert (user["telegram_id"], user["first_name"], user["last_name"], user["username"]) == (
        42,
        "Anna",
        "Karenina",
        "anna",
    )
    assert (user["native_language"], user["timezone"], user["plan"]) == ("ru", "Europe/Moscow", "premium")
    me = await Learner(client, user, body["token"]).call("GET", "/api/users/me", status=200)
    assert {name: me[name] for name in user} == user


async def test_the_next_visit_refreshes_names_only(client: httpx2.AsyncClient, clock: FrozenClock) -> None:
    first = (await validate(client, clock)).json()["user"]
    changed = {"id": 42, "first_name": "Anya", "language_code": "en"}
    body = (await validate(client, clock, changed)).json()
    assert body["is_new"] is False
    assert body["user"] == first | {"first_name": "Anya", "last_name": None, "username": None}


async def test_two_first_visits_at_once_make_one_account_with_one_trial(
    client: httpx2.AsyncClient, clock: FrozenClock, database: Database
) -> None:
    answers = await asyncio.gather(*(validate(client, clock) for _ in range(6)))
    bodies = [answer.json() for answer in answers]
    assert len({body["user"]["id"] for body in bodies}) == 1
    assert sum(body["is_new"] for body in bodies) == 1
    assert {body["user"]["plan"] for body in bodies} == {"premium"}
    counts = [await count(database, table) for table in ("users", "entitlements", "trial_registry", "auth_sessions")]
    assert counts == [1, 1, 1, 6]


@pytest.mark.parametrize(
    ("language_code", "zone", "native"),
    [
        ("ru", "Europe/Moscow", "ru"), ("uk", "Europe/Kyiv", "ru"), ("en-GB", "Europe/London", "en"),
        ("es", "Europe/Madrid", "ru"), ("de", "Europe/Berlin", "ru"), ("fr", "Europe/Paris", "ru"),
        ("it", "Europe/Rome", "ru"), ("pt-BR", "UTC", "ru"),
    ],
)  # fmt: skip
async def test_language_and_zone_are_guessed(
    client: httpx2.AsyncClient, clock: FrozenClock, language_code: str, zone: str, native: str
) -> None:
    user = (await validate(client, clock, ANNA | {"language_code": language_code})).json()["user"]
    assert (user["timezone"], user["native_language"]) == (zone, native)


async def test_the_browser_corrects_the_zone_until_the_learner_sets_it(
    client: httpx2.AsyncClient, clock: FrozenClock
) -> None:
    body = (await validate(client, clock, timezone="Asia/Tbilisi")).json()
    assert body["user"]["timezone"] == "Asia/Tbilisi"
    unknown = await validate(client, clock, timezone="Mars/Olympus")
    assert unknown.json()["user"]["timezone"] == "Asia/Tbilisi"
    learner = Learner(client, body["user"], body["token"])
    await learner.call("PATCH", "/api/users/me", status=200, json={"timezone": "Asia/Tokyo"})
    assert (await validate(client, clock, timezone="Europe/Rome")).json()["user"]["timezone"] == "Asia/Tokyo"


async def test_a_failed_sign_in_changes_nothing(
    client: httpx2.AsyncClient, clock: FrozenClock, database: Database
) -> None:
    failed = REGISTRY.get_sample_value("sign_ins_total", {"method": "init_data", "result": "auth_failed"}) or 0
    signed = init_data(clock().timestamp(), ANNA)
    answer = await client.post("/api/auth/validate", json={"init_data": signed + "0"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "AUTH_FAILED")
    assert "set-cookie" not in answer.headers
    assert await count(database, "users") == 0
    after = REGISTRY.get_sample_value("sign_ins_total", {"method": "init_data", "result": "auth_failed"})
    assert after == failed + 1


async def test_the_widget_signs_in_the_same_account(client: httpx2.AsyncClient, clock: FrozenClock) -> None:
    first = (await validate(client, clock)).json()["user"]
    fields = widget(clock().timestamp(), id=42, first_name="Anna", photo_url="https://t.me/i/userpic/a.jpg")
    answer = await client.post("/api/auth/widget", json=fields | {"timezone": "Europe/Rome"})
    assert (answer.status_code, answer.json()["user"]["id"]) == (200, first["id"])
    forged = await client.post("/api/auth/widget", json=fields | {"id": 43})
    assert (forged.status_code, forged.json()["error"]["code"]) == (401, "AUTH_FAILED")


async def test_blocked_learners_stay_outside_and_are_told(
    client: httpx2.AsyncClient, clock: FrozenClock, database: Database
) -> None:
    await validate(client, clock)
    async with database.connection() as connection:
        await connection.execute("update users set blocked_at = now()")
    answer = await validate(client, clock, ANNA | {"first_name": "Other"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "ACCOUNT_BLOCKED")
    async with database.connection() as connection:
        assert await connection.fetchval("select first_name from users") == "Anna"


async def test_admins_are_appointed_at_sign_in_and_at_start_up(
    settings: Settings, client: httpx2.AsyncClient, clock: FrozenClock
) -> None:
    early = await sign_in(client, 1)
    async with running(replace(settings, admin_telegram_ids=(1, 2)), clock) as other:
        me = await early.call("GET", "/api/users/me")
        assert (me["is_admin"], me["plan"]) == (True, "premium")
        assert (await (await sign_in(other, 2)).call("GET", "/api/users/me"))["is_admin"] is True


@pytest.mark.parametrize(
    ("base_url", "host", "status"),
    [
        ("http://localhost:8000", None, 200),
        ("http://127.0.0.1:8000", None, 200),
        ("http://[::1]:8000", None, 200),
        ("http://10.0.0.5:8000", "localhost", 404),
        ("http://127.0.0.1:8000", "rebound.example", 404),
    ],
)
async def test_dev_sign_in_is_for_this_machine_only(
    client: httpx2.AsyncClient, base_url: str, host: str | None, status: int
) -> None:
    headers = {"Host": host} if host else {}
    answer = await client.post(f"{base_url}/api/auth/dev", json={"telegram_id": 5}, headers=headers)
    assert answer.status_code == status


async def test_without_the_setting_there_is_no_dev_sign_in(settings: Settings, clock: FrozenClock) -> None:
    async with running(replace(settings, dev_sign_in=False), clock) as client:
        assert (await client.post("/api/auth/dev", json={"telegram_id": 5})).status_code == 404
        assert (await client.get("/api/meta")).json()["sign_in"]["dev"] is False


def test_dev_sign_in_is_refused_in_production() -> None:
    with pytest.raises(SettingsError, match="DEV_SIGN_IN"):
        Settings.from_environ({"ENVIRONMENT": "production", "DEV_SIGN_IN": "true"})
