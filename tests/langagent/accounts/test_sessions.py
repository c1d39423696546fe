"""Sessions: refreshing, theft, signing out, and the cookie between."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Final

import httpx2
import pytest

from langagent.accounts.sessions.devices import device_label
from langagent.accounts.sessions.refresh_tokens import RefreshToken
from langagent.core.database import Database
from langagent.settings import Secret, Settings
from tests.langagent.accounts.apps import running
from tests.langagent.accounts.telegram_data import init_data
from tests.langagent.conftest import FrozenClock
from tests.langagent.learners import Learner, sign_in

ORIGIN: Final = "http://localhost:5173"
OWN_PAGE: Final = {"X-Requested-With": "langagent", "Origin": ORIGIN}


async def enter(client: httpx2.AsyncClient, telegram_id: int = 7) -> tuple[Learner, str]:
    """A learner and the refresh token of a session opened by dev sign-in."""
    answer = await client.post("/api/auth/dev", json={"telegram_id": telegram_id})
    client.cookies.clear()
    return Learner(client, answer.json()["user"], answer.json()["token"]), cookie_of(answer)


def cookie_of(answer: httpx2.Response) -> str:
    return answer.headers["set-cookie"].partition("=")[2].partition(";")[0]


async def refresh(client: httpx2.AsyncClient, cookie: str, **headers: str) -> httpx2.Response:
    answer = await client.post("/api/auth/refresh", headers=OWN_PAGE | {"Cookie": f"la_refresh={cookie}"} | headers)
    client.cookies.clear()
    return answer


async def is_in(learner: Learner) -> bool:
    return (await learner.send("GET", "/api/users/me")).status_code == 200


async def test_a_refresh_gives_a_new_pair(client: httpx2.AsyncClient, clock: FrozenClock) -> None:
    learner, first = await enter(client)
    clock.advance(timedelta(minutes=31))
    assert not await is_in(learner)
    answer = await refresh(client, first)
    assert answer.status_code == 200
    assert await is_in(replace(learner, token=answer.json()["token"]))
    assert cookie_of(answer) != first
    assert (await refresh(client, cookie_of(answer))).status_code == 200


async def test_a_repeated_refresh_within_ten_seconds_gives_the_same_cookie(
    client: httpx2.AsyncClient, clock: FrozenClock
) -> None:
    _, first = await enter(client)
    answers = await asyncio.gather(*(refresh(client, first) for _ in range(4)))
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({cookie_of(answer) for answer in answers}) == 1
    clock.advance(timedelta(seconds=10))
    assert (await refresh(client, first)).status_code == 200
    assert (await refresh(client, cookie_of(answers[0]))).status_code == 200


@pytest.mark.parametrize("rotations", [1, 3])
async def test_a_stolen_cookie_ends_the_session_of_thief_and_owner(
    client: httpx2.AsyncClient, clock: FrozenClock, rotations: int
) -> None:
    _, stolen = await enter(client)
    current = stolen
    for _ in range(rotations):
        answer = await refresh(client, current)
        current = cookie_of(answer)
        clock.advance(timedelta(seconds=11))
    owner = Learner(client, {}, answer.json()["token"])
    assert await is_in(owner)
    reused = await refresh(client, stolen)
    assert (reused.status_code, reused.json()["error"]["code"]) == (401, "AUTH_FAILED")
    assert "set-cookie" not in reused.headers
    assert (await refresh(client, current)).status_code == 401
    assert not await is_in(owner)


async def test_a_session_lives_seven_days_without_use_and_thirty_with(
    client: httpx2.AsyncClient, clock: FrozenClock
) -> None:
    _, cookie = await enter(client)
    for _ in range(4):
        clock.advance(timedelta(days=6, hours=23))
        answer = await refresh(client, cookie)
        assert answer.status_code == 200
        cookie = cookie_of(answer)
    assert "Max-Age=187200" in answer.headers["set-cookie"]
    clock.advance(timedelta(days=2, hours=4))
    assert (await refresh(client, cookie)).status_code == 401
    _, idle = await enter(client)
    clock.advance(timedelta(days=7))
    assert (await refresh(client, idle)).status_code == 401


async def test_a_key_rotation_keeps_sessions(
    settings: Settings, client: httpx2.AsyncClient, clock: FrozenClock
) -> None:
    learner, cookie = await enter(client)
    next_cookie = cookie_of(await refresh(client, cookie))
    rotated = replace(settings, secret_key=Secret("n" * 32), secret_key_previous=settings.secret_key)
    async with running(rotated, clock) as other:
        assert await is_in(replace(learner, client=other))
        assert cookie_of(await refresh(other, cookie)) == next_cookie
        assert (await refresh(other, next_cookie)).status_code == 200


@pytest.mark.parametrize("cookie", ["", "x", "%C3%A4", "A" * 64, "=" * 64, "%00", "A" * 65])
async def test_garbage_is_refused(client: httpx2.AsyncClient, cookie: str) -> None:
    answer = await client.post("/api/auth/refresh", headers=OWN_PAGE | {"Cookie": f"la_refresh={cookie}"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "AUTH_FAILED")


@pytest.mark.parametrize("path", ["refresh", "logout", "logout-all"])
@pytest.mark.parametrize(
    "changes",
    [
        {"X-Requested-With": ""},
        {"X-Requested-With": "XMLHttpRequest"},
        {"Origin": ""},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost:5173.evil.example"},
        {"Origin": "https://localhost:5173"},
    ],
)
async def test_other_sites_cannot_use_the_cookie(
    client: httpx2.AsyncClient, path: str, changes: dict[str, str]
) -> None:
    learner, cookie = await enter(client)
    headers = OWN_PAGE | {"Cookie": f"la_refresh={cookie}"} | changes
    answer = await learner.send("POST", f"/api/auth/{path}", headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "FORBIDDEN")
    assert await is_in(learner)
    assert (await refresh(client, cookie)).status_code == 200


async def test_the_page_that_we_serve_ourselves_may(client: httpx2.AsyncClient) -> None:
    _, cookie = await enter(client)
    assert (await refresh(client, cookie, Origin="http://localhost:8000")).status_code == 200


async def test_the_cookie_of_a_browser(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/api/auth/dev", json={"telegram_id": 7})
    attributes = answer.headers["set-cookie"].split("; ")[1:]
    assert attributes == ["Max-Age=604800", "Path=/api/auth", "HttpOnly", "SameSite=Strict"]


async def test_the_cookie_of_the_mini_app_in_production(settings: Settings, clock: FrozenClock) -> None:
    production = replace(settings, environment="production", dev_sign_in=False)
    async with running(production, clock) as client:
        body = {"init_data": init_data(clock().timestamp(), {"id": 7, "first_name": "A"})}
        answer = await client.post("/api/auth/validate", json=body)
        attributes = answer.headers["set-cookie"].split("; ")[1:]
        assert attributes == [
            "Max-Age=604800", "Path=/api/auth", "HttpOnly", "SameSite=None", "Secure", "Partitioned"
        ]  # fmt: skip
        renewed = await refresh(client, cookie_of(answer))
        assert renewed.headers["set-cookie"].endswith("SameSite=None; Secure; Partitioned")


async def test_signing_out_ends_this_session_only(client: httpx2.AsyncClient) -> None:
    here, cookie = await enter(client)
    elsewhere, _ = await enter(client)
    answer = await here.send("POST", "/api/auth/logout", headers=OWN_PAGE)
    assert (answer.status_code, answer.content) == (204, b"")
    assert all("Max-Age=0" in header for header in answer.headers.get_list("set-cookie"))
    assert (await is_in(here), await is_in(elsewhere)) == (False, True)
    assert (await refresh(client, cookie)).status_code == 401


async def test_signing_out_everywhere_ends_all(client: httpx2.AsyncClient) -> None:
    here, elsewhere, stranger = [(await enter(client, number))[0] for number in (7, 7, 8)]
    await here.call("POST", "/api/auth/logout-all", status=204, headers=OWN_PAGE)
    assert (await is_in(here), await is_in(elsewhere), await is_in(stranger)) == (False, False, True)


async def test_the_list_of_sessions(client: httpx2.AsyncClient, clock: FrozenClock) -> None:
    here, _ = await enter(client)
    clock.advance(timedelta(minutes=1))
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    await client.post("/api/auth/dev", json={"telegram_id": 7}, headers={"User-Agent": agent})
    listed = (await here.call("GET", "/api/auth/sessions", status=200))["data"]
    assert [(each["device_label"], each["method"], each["is_current"]) for each in listed] == [
        ("Firefox, Linux", "dev", False),
        ("Unknown device", "dev", True),
    ]
    await here.call("DELETE", f"/api/auth/sessions/{listed[0]['id']}", status=204)
    assert len((await here.call("GET", "/api/auth/sessions"))["data"]) == 1
    await here.call("DELETE", f"/api/auth/sessions/{listed[0]['id']}", status=404)


async def test_nobody_ends_or_sees_the_sessions_of_others(client: httpx2.AsyncClient) -> None:
    victim, stranger = await sign_in(client, 7), await sign_in(client, 8)
    session = (await victim.call("GET", "/api/auth/sessions"))["data"][0]
    assert session not in (await stranger.call("GET", "/api/auth/sessions"))["data"]
    await stranger.call("DELETE", f"/api/auth/sessions/{session['id']}", status=404)
    assert await is_in(victim)


async def test_no_token_is_stored(client: httpx2.AsyncClient, database: Database) -> None:
    _, cookie = await enter(client)
    token = RefreshToken.parse(cookie)
    async with database.connection() as connection:
        row = await connection.fetchrow("select * from auth_sessions")
    assert token is not None
    assert token.secret not in row["refresh_hash"]


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) CriOS/142 Mobile Safari/604.1", "Chrome, iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) Version/19 Safari/605.1.15", "Safari, macOS"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/142 Mobile Safari/537.36 Telegram-Android/12.0", "Telegram, Android"),
        ("curl/8", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_device_labels(agent: str, label: str) -> None:
    assert device_label(agent) == label
