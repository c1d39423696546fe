"""An update's whole way, with handlers of the tests' own."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from emulators.telegram.emulator import TelegramEmulator
from langagent.core.chat.context import Chat
from langagent.core.chat.keyboards import press
from langagent.core.chat.registry import OTHERWISE, Registry
from langagent.core.database import Database
from langagent.core.errors import AppError, ErrorCode
from langagent.settings import Secret, Settings
from tests.langagent.conftest import FrozenClock
from tests.langagent.telegram.talk import ANNA, EMMA, Talk, talking


class Handlers:
    """Answers that show what a handler is given."""

    def __init__(self) -> None:
        self.registry = Registry()
        self.registry.command("start", self.start)
        self.registry.command("ask", self.ask)
        self.registry.command("refuse", self.refuse)
        self.registry.command(OTHERWISE, self.unknown)
        self.registry.command("think", self.think, slow=True)
        self.registry.command("keep", self.keep)
        self.registry.press("count", self.count)
        self.registry.press("kept", self.show_kept)
        self.registry.press("refuse", self.refuse)
        self.registry.state("name", self.name)
        self.registry.content("text", self.text)

    async def start(self, chat: Chat) -> None:
        chat.reply(f"hello {chat.argument}|{chat.language}", [[press("count", "count", 1)], [press("no", "nobody")]])
        chat.reply("second")

    async def ask(self, chat: Chat) -> None:
        chat.dialogue.enter("name", tries=1)
        chat.reply("your name?", [[press("refuse", "refuse")]])

    async def name(self, chat: Chat) -> None:
        state = await chat.dialogue.read()
        assert state is not None
        chat.dialogue.leave()
        chat.reply(f"hi {chat.text} {state.data['tries']}")

    async def text(self, chat: Chat) -> None:
        chat.reply("text")

    async def unknown(self, chat: Chat) -> None:
        chat.reply(f"unknown {chat.command}")

    async def count(self, chat: Chat) -> None:
        number = int(chat.arguments[0]) + 1
        chat.answer("counted")
        chat.edit(f"counted {number}", [[press("count", "count", number)]])

    async def think(self, chat: Chat) -> None:
        async with chat.settle():
            chat.reply("thought")

    async def keep(self, chat: Chat) -> None:
        chat.reply("kept", [[press("kept", "kept", await chat.keep({"words": ["el pan"]}))]])

    async def show_kept(self, chat: Chat) -> None:
        kept = await chat.kept(chat.arguments[0])
        if kept is None:
            chat.gone()
        else:
            chat.edit(kept["words"][0])

    async def refuse(self, chat: Chat) -> None:
        chat.reply("never seen")
        chat.dialogue.enter("name")
        raise AppError(ErrorCode.LIMIT_REACHED)


@pytest.fixture
async def talk(emulator: TelegramEmulator, settings: Settings, clock: FrozenClock) -> AsyncIterator[Talk]:
    async with talking(emulator, settings, clock, lambda _floor: Handlers().registry) as talk:
        yield talk


async def test_replies_come_in_order_and_in_the_right_chat(talk: Talk) -> None:
    await talk.say(ANNA, "/start now")
    await talk.say(EMMA, "/START@langagent_dev_bot")
    assert talk.texts(ANNA) == ["hello now|ru", "second"]
    assert talk.texts(EMMA) == ["hello |en", "second"]


async def test_a_press_edits_its_message_and_is_answered(talk: Talk) -> None:
    await talk.say(ANNA, "/start")
    query = await talk.press(ANNA, "count")
    assert query.answer == {"text": "counted", "show_alert": False}
    await talk.press(ANNA, "count")
    assert talk.texts(ANNA) == ["counted 3", "second"]


async def test_a_button_of_nobody_is_gone(talk: Talk) -> None:
    await talk.say(ANNA, "/start")
    query = await talk.press(ANNA, "no")
    assert query.answer == {"text": "Это больше не доступно.", "show_alert": True}
    assert "reply_markup" not in talk.messages(ANNA)[0]


async def test_a_state_takes_the_next_text_and_a_command_leaves_it(talk: Talk) -> None:
    for text in ("/ask", "Zoë", "again", "/ask", "/other", "last"):
        await talk.say(ANNA, text)
    assert talk.texts(ANNA) == ["your name?", "hi Zoë 1", "text", "your name?", "unknown other", "text"]


async def test_a_refusal_says_so_and_does_nothing(talk: Talk) -> None:
    await talk.say(EMMA, "/refuse")
    await talk.say(EMMA, "still text")
    assert talk.texts(EMMA) == ["You have reached the limit of your plan.", "text"]
    await talk.say(EMMA, "/ask")
    query = await talk.press(EMMA, "refuse")
    assert query.answer == {"text": "You have reached the limit of your plan.", "show_alert": True}


async def test_a_slow_handler_settles_itself(talk: Talk) -> None:
    await talk.say(ANNA, "/think")
    assert talk.texts(ANNA) == ["thought"]
    assert talk.calls("sendChatAction", ANNA) == 1


async def test_a_payload_is_kept_for_its_button(talk: Talk, database: Database) -> None:
    await talk.say(ANNA, "/keep")
    await talk.press(ANNA, "kept")
    assert talk.texts(ANNA) == ["el pan"]


async def test_the_account_is_made_once_and_welcomed(talk: Talk, database: Database) -> None:
    await talk.say(ANNA, "/start")
    await talk.say(ANNA, "/start")
    async with database.connection() as connection:
        users = await connection.fetch("select first_name, language_code, native_language from users")
        notices = await connection.fetch("select type, is_read from notifications")
    assert [tuple(user) for user in users] == [("Анна", "ru", "ru")]
    assert [tuple(notice) for notice in notices] == [("welcome", False)]


async def test_a_blocked_account_is_told_so(talk: Talk, database: Database) -> None:
    await talk.say(EMMA, "/start")
    async with database.connection() as connection:
        await connection.execute("update users set blocked_at = now()")
    await talk.say(EMMA, "/start")
    assert talk.texts(EMMA)[-1] == "This account is blocked."


async def test_who_blocks_the_bot_is_unreachable_until_they_return(talk: Talk, database: Database) -> None:
    async def unreachable() -> list[bool]:
        async with database.connection() as connection:
            return [row[0] for row in await connection.fetch("select unreachable_since is not null from users")]

    await talk.say(ANNA, "/start")
    talk.emulator.people.block(ANNA.id)
    await talk.quiet()
    assert await unreachable() == [True]
    talk.emulator.people.unblock(ANNA.id)
    await talk.quiet()
    assert await unreachable() == [False]


async def test_without_redis_the_bot_forgets_but_answers(
    emulator: TelegramEmulator, settings: Settings, clock: FrozenClock
) -> None:
    alone = replace(settings, redis_url=Secret("redis://127.0.0.1:9"))
    async with talking(emulator, alone, clock, lambda _floor: Handlers().registry) as talk:
        for words in ("/ask", "Zoë", "/keep"):
            await talk.say(ANNA, words)
        assert talk.texts(ANNA) == ["your name?", "text", "kept"]
        query = await talk.press(ANNA, "kept")
        assert query.answer == {"text": "Это больше не доступно.", "show_alert": True}
