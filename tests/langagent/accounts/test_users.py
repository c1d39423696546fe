"""The learner's own account: settings, limits, export, erasure."""

import asyncio
from datetime import timedelta
from typing import Any, Final

import httpx2
import pytest

from langagent.accounts.users.rules import guessed_timezone, is_timezone
from langagent.core.database import Database
from langagent.core.floor import lay_floor
from langagent.core.queue.consumer import Consumer
from langagent.core.queue.models import Claim
from langagent.jobs.models import TABLE
from langagent.rooms import open_rooms
from langagent.settings import Settings
from tests.langagent.conftest import FrozenClock
from tests.langagent.learners import Learner, sign_in

ME: Final = "/api/users/me"
FAREWELL: Final = {"confirmation": "DELETE_MY_ACCOUNT"}


async def error_of(learner: Learner, method: str, path: str, status: int, **arguments: Any) -> dict[str, Any]:
    error: dict[str, Any] = (await learner.call(method, path, status=status, **arguments))["error"]
    return error


@pytest.mark.parametrize(
    "changes",
    [
        {"first_name": "  Nova ", "last_name": "Star"},
        {"last_name": None},
        {"native_language": "en"},
        {"timezone": "America/Argentina/Buenos_Aires"},
        {"theme": "dark", "audio_autoplay": True, "card_side": "native"},
        {"session_card_count": 20, "session_exercise_count": 10},
        {"notify_streak": False, "notify_groups": False, "notify_billing": False, "notify_progress": False},
        {"consent_version": "2026-11"},
    ],
)
async def test_what_is_changed_is_read_back_and_the_rest_stays(learner: Learner, changes: dict[str, Any]) -> None:
    before = await learner.call("GET", ME)
    answer = await learner.call("PATCH", ME, status=200, json=changes)
    after = await learner.call("GET", ME)
    shown = {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
    source = {"timezone_source": "user"} if "timezone" in changes else {}
    assert answer == after
    assert {name: after[name] for name in before if name != "limits"} == {
        name: value for name, value in (before | shown | source).items() if name != "limits"
    }


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"unknown": 1},
        {"telegram_id": 5},
        {"plan": "premium"},
        {"is_admin": True},
        {"first_name": ""},
        {"first_name": "   "},
        {"first_name": None},
        {"first_name": "a\x00b"},
        {"first_name": "x" * 256},
        {"native_language": "de"},
        {"theme": "blue"},
        {"audio_autoplay": 1},
        {"session_card_count": 9},
        {"session_card_count": 21},
        {"session_card_count": "10"},
        {"session_exercise_count": 11},
        {"notify_streak": None},
    ],
)
async def test_what_may_not_be_set_is_refused_and_changes_nothing(learner: Learner, changes: dict[str, Any]) -> None:
    before = await learner.call("GET", ME)
    error = await error_of(learner, "PATCH", ME, 422, json=changes)
    assert error["code"] == "VALIDATION_ERROR"
    assert await learner.call("GET", ME) == before


@pytest.mark.parametrize(
    "changes", [{"timezone": "Mars/Olympus"}, {"timezone": "../etc"}, {"consent_version": "1999-01"}]
)
async def test_values_that_do_not_exist(learner: Learner, changes: dict[str, Any]) -> None:
    error = await error_of(learner, "PATCH", ME, 400, json=changes)
    assert (error["code"], set(error["details"])) == ("INVALID_FIELD_VALUE", set(changes))


async def test_the_zone_changes_once_a_day(learner: Learner, clock: FrozenClock) -> None:
    await learner.call("PATCH", ME, status=200, json={"timezone": "Asia/Tokyo"})
    await learner.call("PATCH", ME, status=200, json={"timezone": "Asia/Tokyo"})
    clock.advance(timedelta(minutes=20))
    error = await error_of(learner, "PATCH", ME, 429, json={"timezone": "Europe/Rome", "theme": "dark"})
    assert (error["code"], error["retry_after"]) == ("RATE_LIMIT_EXCEEDED", 85_200)
    assert (await learner.call("GET", ME))["theme"] == "system"
    clock.advance(timedelta(hours=23, minutes=40))
    again = await sign_in(learner.client)
    assert (await again.call("PATCH", ME, status=200, json={"timezone": "Europe/Rome"}))["timezone"] == "Europe/Rome"


async def test_the_native_language_cannot_become_a_studied_one(client: httpx2.AsyncClient) -> None:
    learner = await sign_in(client, language="ru")
    await learner.take_up("en")
    error = await error_of(learner, "PATCH", ME, 400, json={"native_language": "en"})
    assert (error["code"], list(error["details"])) == ("INVALID_FIELD_VALUE", ["native_language"])


async def test_the_native_language_and_a_profile_in_it_cannot_meet(client: httpx2.AsyncClient) -> None:
    """Sent at once, one of them is refused."""
    for number in range(5):
        learner = await sign_in(client, 900 + number, language="ru")
        answers = await asyncio.gather(
            learner.send("PATCH", ME, json={"native_language": "en"}),
            learner.send("POST", "/api/profiles", json={"language": "en", "current_level": "A1"}),
        )
        assert sorted(answer.status_code for answer in answers)[-1] == 400


async def test_a_change_of_language_is_heard_at_once(learner: Learner) -> None:
    await learner.call("PATCH", ME, status=200, json={"native_language": "en"})
    assert (await learner.call("GET", "/api/profiles"))["data"][0]["language_name"] == "Spanish"


async def test_limits_are_told_with_their_use(learner: Learner, clock: FrozenClock) -> None:
    clock.advance(timedelta(days=8))
    limits = (await (await sign_in(learner.client)).call("GET", ME))["limits"]
    assert limits["profiles"] == {"used": 1, "max": 1, "reset_at": None}
    assert (limits["cards"]["max"], limits["groups"]["max"], limits["messages"]["max"]) == (200, 1, 50)
    assert limits["messages"]["reset_at"].endswith("04:00:00Z")


async def test_the_export_holds_everything_and_comes_once_an_hour(learner: Learner) -> None:
    answer = await learner.send("GET", f"{ME}/data-export")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"] == f'attachment; filename="user_data_{learner.id}.json"'
    body = answer.json()
    assert (body["user"]["id"], body["user"]["telegram_id"]) == (str(learner.id), 100200300)
    assert [profile["language"] for profile in body["profiles"]] == ["es"]
    assert [session["method"] for session in body["sessions"]] == ["dev"]
    assert {"decks", "cards"} <= set(body)
    error = await error_of(learner, "GET", f"{ME}/data-export", 429)
    assert 3500 < error["retry_after"] <= 3600


async def test_the_export_holds_nothing_of_others(client: httpx2.AsyncClient, learner: Learner) -> None:
    stranger = await sign_in(client, 8, first_name="Stranger")
    profile = await stranger.take_up("de")
    text = (await learner.send("GET", f"{ME}/data-export")).text
    assert not any(part in text for part in (str(stranger.id), profile["id"], "Stranger"))


async def test_erasing_blanks_the_person_and_ends_every_session(
    client: httpx2.AsyncClient, learner: Learner, database: Database
) -> None:
    elsewhere = await sign_in(client)
    for body in ({}, {"confirmation": "delete_my_account"}, {"confirmation": ""}):
        assert (await learner.send("DELETE", ME, json=body)).status_code == 422
    assert (await learner.send("DELETE", ME, json=FAREWELL)).status_code == 202
    assert [(await each.send("GET", ME)).status_code for each in (learner, elsewhere)] == [401, 401]
    async with database.connection() as connection:
        row = await connection.fetchrow("select * from users where id = $1", learner.id)
        assert await connection.fetchval("select count(*) from erased_accounts where user_id = $1", learner.id) == 1
        assert await connection.fetchval("select count(*) from auth_sessions where revoked_at is null") == 0
    personal = ("telegram_id", "last_name", "username", "language_code")
    assert [row[name] for name in personal] == [None] * 4
    assert (row["first_name"], row["deleted_at"] is None) == ("", False)


async def run_a_job(settings: Settings, clock: FrozenClock) -> None:
    """Works until one job was run."""
    floor = lay_floor(settings, clock, name="test-worker")
    await floor.connect()
    jobs, stop = open_rooms(floor).jobs, asyncio.Event()

    async def run(claim: Claim) -> None:
        await jobs.run(claim)
        stop.set()

    async with asyncio.timeout(30):
        await Consumer(floor.database, TABLE, run, worker="test", concurrency=1, buried=jobs.buried).run(stop)
    await floor.disconnect()


async def test_after_thirty_days_nothing_is_left(
    settings: Settings, client: httpx2.AsyncClient, learner: Learner, database: Database, clock: FrozenClock
) -> None:
    stranger = await sign_in(client, 8)
    await learner.call("DELETE", ME, status=202, json=FAREWELL)
    async with database.connection() as connection:
        planned = await connection.fetchrow("select kind, not_before, user_id from jobs")
        assert (planned["kind"], planned["not_before"] - clock()) == ("purge_account", timedelta(days=30))
        await connection.execute("update jobs set not_before = now()")
    await run_a_job(settings, clock)
    async with database.connection() as connection:
        assert [row["id"] for row in await connection.fetch("select id from users")] == [stranger.id]
        for table in ("language_profiles", "decks", "entitlements"):
            assert await connection.fetchval(f"select count(*) from {table}") == (table == "entitlements")
        assert await connection.fetchval("select done_at is not null and failed_at is null from jobs")
        assert await connection.fetchval("select count(*) from trial_registry") == 2


async def test_a_purge_never_touches_a_living_account(
    settings: Settings, learner: Learner, database: Database, clock: FrozenClock
) -> None:
    async with database.connection() as connection:
        await connection.execute(
            "insert into jobs (kind, lane, params) values ('purge_account', 'x', $1)", {"user_id": str(learner.id)}
        )
    await run_a_job(settings, clock)
    assert (await learner.send("GET", ME)).status_code == 200


async def test_the_nightly_purges_take_only_what_is_old(
    settings: Settings, clock: FrozenClock, learner: Learner, database: Database
) -> None:
    await learner.take_up("de")
    async with database.unit_of_work() as connection:
        await connection.execute("update auth_sessions set absolute_expires_at = now() - interval '31 days'")
        await connection.execute(
            "update language_profiles set deleted_at = now() - interval '31 days' where language = 'de'"
        )
        await connection.execute("insert into users (telegram_id, first_name) values (9, 'Kept')")
        for age in ("2 days", "1 minute"):
            await connection.execute(
                """
                insert into sign_in_codes (user_id, token_hash, code_hash, expires_at, used_at)
                values ($1, $2, $2, now() - $3::text::interval, now())
                """,
                learner.id, age.encode(), age,
            )  # fmt: skip
        for purge in open_rooms(lay_floor(settings, clock, name="test")).purges:
            await purge(connection)
        tables = ("auth_sessions", "sign_in_codes", "language_profiles", "users")
        left = [await connection.fetchval(f"select count(*) from {table}") for table in tables]
    assert left == [0, 1, 1, 2]


def test_zones() -> None:
    assert is_timezone("Europe/Kyiv")
    assert not is_timezone("Europe/Atlantis")
    assert (guessed_timezone(None), guessed_timezone("RU-ru")) == ("UTC", "Europe/Moscow")
    assert all(is_timezone(guessed_timezone(code)) for code in ("ru", "uk", "en", "es", "de", "fr", "it", "xx"))
