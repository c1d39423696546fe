"""The sender's rules, against a Telegram that refuses, floods and falls silent on order."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from emulators.telegram.calls import highest_pace
from emulators.telegram.emulator import TelegramEmulator
from emulators.telegram.faults import Fault
from emulators.telegram.flood import FloodRule
from emulators.telegram.models import Person
from langagent.core.chat.models import Outgoing
from langagent.core.database import Database
from langagent.notifications.outbox.models import Address, Priority, Stamp
from langagent.notifications.outbox.service import put
from langagent.settings import Settings
from tests.langagent.conftest import FrozenClock
from tests.langagent.core.queue.probe import eventually
from tests.langagent.telegram.talk import ANNA, EMMA, working

STRANGER = Person(100200399, "Stranger")


def text(content: str, **more: Any) -> Outgoing:
    return Outgoing("sendMessage", {"text": content, "parse_mode": "HTML"} | more)


class Post:
    """The outbox as tests fill and read it."""

    def __init__(self, database: Database, emulator: TelegramEmulator) -> None:
        self._database = database
        self._emulator = emulator

    async def put(self, person: Person, *messages: Outgoing, stamp: Stamp | None = None) -> None:
        async with self._database.unit_of_work() as connection:
            await put(connection, Address(None, person.id), messages, stamp or Stamp())

    async def rows(self) -> list[tuple[str, int, str | None]]:
        async with self._database.connection() as connection:
            rows = await connection.fetch("select status, attempts, error from outbox order by id")
        return [(row["status"], row["attempts"], row["error"]) for row in rows]

    async def closed(self) -> list[str]:
        """What became of the messages, once each has been closed."""

        async def is_closed() -> bool:
            return all(status != "pending" for status, _, _ in await self.rows())

        await eventually(is_closed)
        return [status for status, _, _ in await self.rows()]

    def seen(self, person: Person) -> list[str]:
        messages = self._emulator.people.chat(person.id).messages.values()
        return [message.content["text"] for message in messages if message.sender["is_bot"]]


@pytest.fixture
async def emulator(emulator: TelegramEmulator) -> TelegramEmulator:
    for person in (ANNA, EMMA):
        emulator.people.start(person.id)
    emulator.people.add(STRANGER)
    return emulator


@pytest.fixture
async def post(database: Database, emulator: TelegramEmulator) -> Post:
    return Post(database, emulator)


@pytest.fixture
async def sending(settings: Settings, clock: FrozenClock) -> AsyncIterator[None]:
    async with working(settings, clock):
        yield


@pytest.mark.usefixtures("sending")
async def test_messages_of_a_chat_keep_their_order(post: Post) -> None:
    await post.put(ANNA, *(text(str(number)) for number in range(20)))
    assert set(await post.closed()) == {"sent"}
    assert post.seen(ANNA) == [str(number) for number in range(20)]


async def test_replies_go_before_notifications_and_bulk(post: Post, settings: Settings, clock: FrozenClock) -> None:
    for priority in (Priority.BULK, Priority.NOTIFICATION, Priority.REPLY):
        await post.put(ANNA, text(priority.name), stamp=Stamp(priority))
    async with working(settings, clock):
        await post.closed()
    assert post.seen(ANNA) == ["REPLY", "NOTIFICATION", "BULK"]


@pytest.mark.usefixtures("sending")
@pytest.mark.parametrize(("content", "statuses"), [("once", ["sent"]), ("long " * 1000, ["sent", "sent"])])
async def test_a_dedupe_key_is_sent_once(post: Post, content: str, statuses: list[str]) -> None:
    for _ in range(2):
        await post.put(ANNA, text(content), stamp=Stamp(dedupe_key="streak:1:2026-01-01"))
    assert await post.closed() == statuses


@pytest.mark.usefixtures("sending")
@pytest.mark.parametrize(
    ("fault", "attempts"),
    [
        (Fault("error", "sendMessage", times=2, status=502), 2),
        (Fault("drop", "sendMessage"), 1),
        (Fault("flood", "sendMessage", ANNA.id, seconds=1), 0),
    ],
)
async def test_troubles_pass(post: Post, emulator: TelegramEmulator, fault: Fault, attempts: int) -> None:
    emulator.world.faults.add(fault)
    await post.put(ANNA, text("late"), text("later"))
    assert await post.closed() == ["sent", "sent"]
    assert [tried for _, tried, _ in await post.rows()] == [attempts, 0]
    assert post.seen(ANNA) == ["late", "later"]


@pytest.mark.usefixtures("sending")
async def test_a_flooded_chat_delays_nobody_else(post: Post, emulator: TelegramEmulator) -> None:
    emulator.world.faults.add(Fault("flood", "sendMessage", ANNA.id, seconds=1))
    await post.put(ANNA, text("to Anna"))
    await post.put(EMMA, text("to Emma"))
    await post.closed()
    first_to = [call.chat_id for call in emulator.world.calls.of("sendMessage") if call.code == 200]
    assert first_to == [EMMA.id, ANNA.id]


@pytest.mark.usefixtures("sending")
async def test_eight_failures_are_the_last(post: Post, emulator: TelegramEmulator) -> None:
    emulator.world.faults.add(Fault("error", "sendMessage", ANNA.id, times=None))
    await post.put(ANNA, text("never"))
    assert await post.closed() == ["failed"]
    ((_, attempts, error),) = await post.rows()
    assert attempts == len(emulator.world.calls.of("sendMessage")) == 8
    assert error is not None
    assert error.startswith("UnreachableError: sendMessage failed at Telegram (502)")


@pytest.mark.usefixtures("sending")
@pytest.mark.parametrize(
    ("message", "status", "seen"),
    [
        (text("<b>1 &lt; 2</i>"), "sent", ["1 < 2"]),
        (text("a < b & <unknown>c</unknown>"), "sent", ["a < b & c"]),
        (text(""), "failed", []),
        (Outgoing("sendMessage", {"text": "<b>"}), "sent", ["<b>"]),
        (Outgoing("editMessageText", {"message_id": 10**6, "text": "x"}), "failed", []),
    ],
)
async def test_what_is_refused_is_sent_plainly_or_closed(
    post: Post, message: Outgoing, status: str, seen: list[str]
) -> None:
    await post.put(ANNA, message)
    assert await post.closed() == [status]
    assert post.seen(ANNA) == seen


@pytest.mark.usefixtures("sending")
async def test_an_edit_that_changes_nothing_is_no_failure(post: Post, emulator: TelegramEmulator) -> None:
    await post.put(ANNA, text("same"))
    await post.closed()
    message_id = max(emulator.people.chat(ANNA.id).messages)
    await post.put(ANNA, Outgoing("editMessageText", {"message_id": message_id, "text": "same"}))
    assert await post.closed() == ["sent", "sent"]


async def test_what_was_said_is_kept_only_of_what_was_refused(
    post: Post, database: Database, emulator: TelegramEmulator, settings: Settings, clock: FrozenClock
) -> None:
    emulator.people.block(ANNA.id)
    await post.put(ANNA, text("secret"), text("another secret"))
    await post.put(EMMA, text("secret"), text(""))
    async with working(settings, clock):
        assert await post.closed() == ["skipped", "skipped", "sent", "failed"]
    async with database.connection() as connection:
        rows = await connection.fetch("select payload from outbox order by id")
    assert [row["payload"] for row in rows] == [{}, {}, {}, text("").payload]


async def test_who_cannot_be_reached_is_left_alone(
    post: Post, database: Database, emulator: TelegramEmulator, settings: Settings, clock: FrozenClock
) -> None:
    async with database.connection() as connection:
        await connection.execute("insert into users (telegram_id, first_name) values ($1, 'Anna')", ANNA.id)
    emulator.people.block(ANNA.id)
    await post.put(ANNA, text("1"), text("2"), text("3"))
    await post.put(STRANGER, text("never started"))
    await post.put(EMMA, text("hello"))
    async with working(settings, clock):
        assert await post.closed() == ["skipped", "skipped", "skipped", "skipped", "sent"]
    assert len(emulator.world.calls.of("sendMessage", ANNA.id)) == 1
    async with database.connection() as connection:
        assert await connection.fetchval("select unreachable_since is not null from users")


async def test_the_pace_stays_below_telegrams(
    post: Post, emulator: TelegramEmulator, settings: Settings, clock: FrozenClock
) -> None:
    emulator.world.flood.rule = FloodRule()
    crowd = [Person(200_000 + number, "P") for number in range(40)]
    for person in crowd:
        emulator.people.add(person)
        emulator.people.start(person.id)
    for person in (*crowd, ANNA, ANNA, ANNA, ANNA):
        await post.put(person, text("hola"))
    paced = replace(settings, telegram_messages_per_second=25, telegram_chat_messages_per_second=1)
    async with working(paced, clock):
        assert set(await post.closed()) == {"sent"}
    calls = emulator.world.calls.of("sendMessage")
    assert {call.code for call in calls} == {200}
    assert highest_pace(calls) <= 30


async def test_a_flood_of_all_chats_stops_all(
    post: Post, database: Database, emulator: TelegramEmulator, settings: Settings, clock: FrozenClock
) -> None:
    emulator.people.start(STRANGER.id)
    emulator.world.faults.add(Fault("flood", "sendMessage", times=3, seconds=40))
    for person in (ANNA, EMMA, STRANGER):
        await post.put(person, text("flooded"))

    async def all_wait() -> bool:
        async with database.connection() as connection:
            query = "select count(*) from outbox where claimed_by is null and claimed_until > now() + interval '30 s'"
            waiting: int = await connection.fetchval(query)
        return waiting == len(await post.rows())

    async with working(settings, clock):
        await eventually(all_wait)
        await post.put(Person(777, "another"), text("frozen"))
        await eventually(all_wait)
    assert len(emulator.world.calls.of("sendMessage")) == 3
    assert [attempts for _, attempts, _ in await post.rows()] == [0, 0, 0, 0]


@pytest.mark.usefixtures("sending")
async def test_what_cannot_be_recorded_at_once_is_not_sent_again(
    post: Post, database: Database, emulator: TelegramEmulator
) -> None:
    async def is_called() -> bool:
        return bool(emulator.world.calls.of("sendMessage"))

    emulator.world.faults.add(Fault("slow", "sendMessage", seconds=0.5))
    await post.put(ANNA, text("once"))
    await eventually(is_called)
    async with database.unit_of_work() as connection:
        await connection.execute("lock table outbox in exclusive mode")
        await connection.execute("select pg_sleep(4)")
    assert await post.closed() == ["sent"]
    assert [attempts for _, attempts, _ in await post.rows()] == [0]
    assert post.seen(ANNA) == ["once"]
