"""Notifications over HTTP, and what of them goes to the chat."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from langagent.accounts.room import open_accounts
from langagent.core.chat.models import Outgoing
from langagent.core.database import Database
from langagent.core.floor import lay_floor
from langagent.jobs.service import Jobs
from langagent.notifications.models import Notice
from langagent.notifications.room import open_notifications
from langagent.notifications.service import Notifications
from langagent.settings import Settings
from tests.langagent.conftest import FrozenClock
from tests.langagent.learners import Learner, sign_in

PATH = "/api/notifications"
PUSH = Outgoing("sendMessage", {"text": "hola"})


@pytest.fixture
def notifications(settings: Settings, clock: FrozenClock) -> Notifications:
    floor = lay_floor(settings, clock, name="test")
    return open_notifications(floor, open_accounts(floor, Jobs(floor.database))).notifications


async def notify(database: Database, notifications: Notifications, learner: Learner, **fields: Any) -> None:
    values: dict[str, Any] = {"user_id": learner.id, "type": "plan_granted", "title": "T", "message": "M"} | fields
    async with database.unit_of_work() as connection:
        await notifications.notify(connection, Notice(**values))


async def pushed(database: Database) -> list[Any]:
    async with database.connection() as connection:
        return [tuple(row) for row in await connection.fetch("select chat_id, not_before from outbox order by id")]


@pytest.mark.parametrize(("language", "title"), [("ru", "Добро пожаловать!"), ("en", "Welcome!")])
async def test_a_new_learner_is_welcomed_once(client: httpx2.AsyncClient, language: str, title: str) -> None:
    for _ in range(2):
        learner = await sign_in(client, language=language)
    page = await learner.call("GET", PATH)
    assert [(each["type"], each["title"], each["is_read"]) for each in page["data"]] == [("welcome", title, False)]
    assert page["unread_count"] == 1


async def test_pages_come_newest_first(
    client: httpx2.AsyncClient, database: Database, notifications: Notifications, clock: FrozenClock
) -> None:
    learner = await sign_in(client)
    for number in range(4):
        clock.advance(timedelta(seconds=1))
        await notify(database, notifications, learner, title=str(number))
    titles: list[str] = []
    cursor = None
    while cursor or not titles:
        page = await learner.call("GET", PATH, params={"limit": 2} | ({"cursor": cursor} if cursor else {}))
        titles += [each["title"] for each in page["data"]]
        cursor = page["pagination"]["next_cursor"]
    assert titles == ["3", "2", "1", "0", "Добро пожаловать!"]


async def test_reading(client: httpx2.AsyncClient, database: Database, notifications: Notifications) -> None:
    learner, other = await sign_in(client), await sign_in(client, 555)
    await notify(database, notifications, learner)
    (first, _) = (await learner.call("GET", PATH))["data"]
    read = f"{PATH}/{first['id']}/read"
    await other.call("POST", read, status=404)
    assert await learner.call("POST", read, status=200) == {"id": first["id"], "is_read": True}
    unread = await learner.call("GET", PATH, params={"unread_only": True})
    assert (len(unread["data"]), unread["unread_count"]) == (1, 1)
    assert await learner.call("POST", f"{PATH}/read-all") == {"marked_read": 1}
    assert (await learner.call("GET", PATH))["unread_count"] == 0
    await learner.call("POST", f"{PATH}/{uuid4()}/read", status=404)


async def test_a_push_waits_for_the_morning_unless_it_is_urgent(
    client: httpx2.AsyncClient, database: Database, notifications: Notifications, clock: FrozenClock
) -> None:
    clock.now = datetime(2026, 1, 10, 20, 0, tzinfo=UTC)
    learner = await sign_in(client)
    async with database.connection() as connection:
        await connection.execute("update users set timezone = 'Europe/Moscow'")
    await notify(database, notifications, learner, push=PUSH)
    await notify(database, notifications, learner, push=PUSH, is_urgent=True)
    (waiting, urgent) = await pushed(database)
    assert waiting == (learner.user["telegram_id"], datetime(2026, 1, 11, 5, 0, tzinfo=UTC))
    assert urgent[1] != waiting[1]


async def test_a_dedupe_key_notifies_and_pushes_once(
    client: httpx2.AsyncClient, database: Database, notifications: Notifications
) -> None:
    learner = await sign_in(client)
    for _ in range(2):
        await notify(database, notifications, learner, push=PUSH, dedupe_key="streak:1:2026-01-01")
    assert len(await pushed(database)) == 1
    assert (await learner.call("GET", PATH))["unread_count"] == 2


async def test_who_blocked_the_bot_gets_no_push(
    client: httpx2.AsyncClient, database: Database, notifications: Notifications
) -> None:
    learner = await sign_in(client)
    async with database.connection() as connection:
        await connection.execute("update users set unreachable_since = now()")
    await notify(database, notifications, learner, push=PUSH)
    assert await pushed(database) == []


async def test_an_erased_account_leaves_none(
    client: httpx2.AsyncClient, database: Database, notifications: Notifications
) -> None:
    learner = await sign_in(client)
    await notify(database, notifications, learner, push=PUSH)
    await learner.call("DELETE", "/api/users/me", status=202, json={"confirmation": "DELETE_MY_ACCOUNT"})
    assert await pushed(database) == []
    async with database.connection() as connection:
        assert await connection.fetchval("select count(*) from notifications") == 0
