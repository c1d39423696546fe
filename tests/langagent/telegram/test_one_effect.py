"""Whatever happens, an update has one effect and one answer, and its chat keeps its order."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from emulators.telegram.emulator import TelegramEmulator
from emulators.telegram.models import Person
from langagent.core.chat.registry import Registry
from langagent.core.database import Database
from langagent.core.floor import Floor
from langagent.settings import Settings
from langagent.telegram.intake.service import Inbox
from langagent.telegram.intake.updates import sort_out
from tests.langagent.conftest import FrozenClock
from tests.langagent.core.queue.probe import eventually
from tests.langagent.telegram.counting import FIRST, Counting
from tests.langagent.telegram.talk import ANNA, EMMA, Talk, talking, working
from tests.langagent.telegram.worker_process import arguments
from tests.processes import line, python

CROWD = 9


@pytest.fixture
def made() -> list[Counting]:
    return []


@pytest.fixture
async def talk(
    emulator: TelegramEmulator, settings: Settings, clock: FrozenClock, made: list[Counting]
) -> AsyncIterator[Talk]:
    def handlers(floor: Floor) -> Registry:
        made.append(Counting(floor.database))
        return made[0].registry

    async with talking(emulator, settings, clock, handlers) as talk:
        yield talk


async def payloads(database: Database) -> list[str]:
    async with database.connection() as connection:
        return [row["payload"] for row in await connection.fetch("select payload from tg_inbox order by update_id")]


async def dead_letters(database: Database) -> list[tuple[int, str]]:
    async with database.connection() as connection:
        rows = await connection.fetch("select attempts, error from tg_inbox where failed_at is not null")
    return [(row["attempts"], row["error"]) for row in rows]


async def test_ten_redeliveries_have_one_effect_and_one_answer(talk: Talk) -> None:
    update = await talk.say(ANNA, "/count")
    delivery = talk.emulator.world.delivery
    assert delivery is not None
    attempts = await asyncio.gather(*(delivery.send(update) for _ in range(10)))
    await talk.quiet()
    assert {attempt.status for attempt in attempts} == {200}
    assert talk.texts(ANNA) == [f"{FIRST + 1}"]


async def test_a_chat_keeps_its_order_while_others_go_on(talk: Talk) -> None:
    for number in range(CROWD):
        for person in (ANNA, EMMA):
            talk.emulator.people.say(person.id, f"/count {number}")
    await talk.quiet()
    expected = [f"{FIRST + 1 + number} {number}" for number in range(CROWD)]
    assert talk.texts(ANNA) == talk.texts(EMMA) == expected


async def test_a_poison_update_is_given_up_after_five_tries(
    talk: Talk, made: list[Counting], database: Database
) -> None:
    talk.emulator.people.say(ANNA.id, "/poison")
    await talk.say(ANNA, "/count")
    ((attempts, error),) = await dead_letters(database)
    assert (attempts, made[0].tries["poison"]) == (5, 5)
    assert error.startswith("RuntimeError: this update cannot be handled [tg_inbox-")
    sorry, counted = talk.texts(ANNA)
    assert sorry.startswith("У нас что-то сломалось")
    assert counted == f"{FIRST + 1}"


async def test_nobody_else_waits_for_a_poison_update(talk: Talk, made: list[Counting]) -> None:
    talk.emulator.people.say(ANNA.id, "/stuck")
    talk.emulator.people.say(ANNA.id, "/count")
    talk.emulator.people.say(EMMA.id, "/count")
    await eventually(lambda: has_text(talk.emulator, EMMA, f"{FIRST + 1}"))
    assert talk.texts(ANNA) == []
    made[0].released.set()
    await talk.quiet()
    assert made[0].tries["poison"] == 5
    assert talk.texts(ANNA)[1:] == [f"{FIRST + 1}"]


async def test_what_was_written_is_kept_only_of_dead_letters(talk: Talk, database: Database) -> None:
    await talk.say(ANNA, "/count secretly")
    await talk.say(ANNA, "/poison")
    handled, dead = await payloads(database)
    assert handled == "{}"
    assert "/poison" in dead


async def test_a_second_try_finds_the_dialogue_as_the_first_did(talk: Talk, made: list[Counting]) -> None:
    await talk.say(ANNA, "/ask")
    await talk.say(ANNA, "an answer")
    assert made[0].tries["stumble"] == 2
    assert talk.texts(ANNA) == ["?", f"{FIRST + 1}"]
    await talk.say(ANNA, "no answer any more")
    assert made[0].tries["stumble"] == 2


async def test_a_killed_worker_leaves_nothing_half_done(
    emulator: TelegramEmulator, settings: Settings, clock: FrozenClock, database: Database
) -> None:
    said = emulator.people.say(ANNA.id, "/count")
    assert said is not None
    update = sort_out(said.json())
    assert update is not None
    await Inbox(database).add(update)
    with python("from tests.langagent.telegram.worker_process import main; main()", *arguments(settings)) as process:
        assert await asyncio.to_thread(line, process) == "in hand"
        process.kill()
        process.wait()
    async with working(settings, clock, lambda floor: Counting(floor.database).registry):
        await eventually(lambda: has_text(emulator, ANNA, f"{FIRST + 1}"))
    async with database.connection() as connection:
        row = await connection.fetchrow("select attempts, deaths, done_at is not null as is_done from tg_inbox")
        counts = await connection.fetch("select session_card_count from users")
    assert tuple(row) == (0, 1, True)
    assert [count[0] for count in counts] == [FIRST + 1]


async def has_text(emulator: TelegramEmulator, person: Person, text: str) -> bool:
    messages = emulator.people.chat(person.id).messages.values()
    return [message.content["text"] for message in messages if message.sender["is_bot"]] == [text]
