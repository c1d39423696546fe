"""A handler says more than a message holds: it arrives whole, in order, formatted, at a Telegram that is strict."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from emulators.telegram.emulator import TelegramEmulator
from emulators.telegram.models import Person
from emulators.telegram.rules.units import utf16_length
from langagent.core.chat.context import Chat
from langagent.core.chat.keyboards import press
from langagent.core.chat.registry import Registry
from langagent.settings import Settings
from tests.langagent.conftest import FrozenClock
from tests.langagent.telegram.talk import ANNA, EMMA, Talk, talking

TITLES = {"ru": "Глава", "en": "Chapter"}
WORDS = {"ru": "Это <i>очень &lt;длинное&gt;</i> слово 😀.", "en": "This is <i>a very &lt;long&gt;</i> word 😀."}
PARAGRAPHS = 40


def long_text(language: str, markup: str = "b") -> str:
    """At least 20,000 characters."""
    paragraph = " ".join([WORDS[language]] * 18)
    chapters = (f"<{markup}>{TITLES[language]} {number}</{markup}>\n{paragraph}" for number in range(PARAGRAPHS))
    return "\n\n".join(chapters)


@dataclass(frozen=True, slots=True)
class Wordy:
    """/long answers with a long text, a button edits it into one, /wrong says it in markup that is unknown."""

    registry: Registry

    def register(self) -> Registry:
        self.registry.command("long", self.reply)
        self.registry.command("wrong", self.reply_wrongly)
        self.registry.press("again", self.edit)
        return self.registry

    async def reply(self, chat: Chat) -> None:
        chat.reply(long_text(chat.language), [[press("Again", "again")]])

    async def reply_wrongly(self, chat: Chat) -> None:
        chat.reply(long_text(chat.language, "unknown"), [[press("Again", "again")]])

    async def edit(self, chat: Chat) -> None:
        chat.edit(long_text(chat.language), [[press("Again", "again")]])


@pytest.fixture
async def talk(emulator: TelegramEmulator, settings: Settings, clock: FrozenClock) -> AsyncIterator[Talk]:
    async with talking(emulator, settings, clock, lambda _: Wordy(Registry()).register()) as talk:
        yield talk


def whole(texts: list[str]) -> list[str]:
    """The words of all parts."""
    return " ".join([texts[0], *(text.removeprefix("… ") for text in texts[1:])]).split()


def wanted(language: str) -> list[str]:
    plain = long_text(language, "i").replace("<i>", "").replace("</i>", "")
    return plain.replace("&lt;", "<").replace("&gt;", ">").split()


@pytest.mark.parametrize(("person", "language"), [(ANNA, "ru"), (EMMA, "en")])
async def test_a_long_answer_arrives_whole(talk: Talk, person: Person, language: str) -> None:
    assert len(long_text(language)) > 20_000
    await talk.say(person, "/long")
    messages = talk.messages(person)
    texts = [message["text"] for message in messages]
    assert all(utf16_length(text) <= 4000 for text in texts)
    assert [text.startswith("… ") for text in texts] == [False] + [True] * (len(texts) - 1)
    assert whole(texts) == wanted(language)
    assert sum(entity["type"] == "bold" for message in messages for entity in message["entities"]) == PARAGRAPHS
    assert ["reply_markup" in message for message in messages] == [False] * (len(texts) - 1) + [True]


async def test_an_edited_message_goes_on_in_new_ones(talk: Talk) -> None:
    await talk.say(EMMA, "/long")
    before = len(talk.messages(EMMA))
    await talk.press(EMMA, "Again")
    assert whole(talk.texts(EMMA)[before - 1 :]) == wanted("en")
    assert talk.calls("editMessageText", EMMA) == 1


async def test_parts_whose_markup_is_refused_are_sent_plainly(talk: Talk) -> None:
    await talk.say(EMMA, "/wrong")
    assert whole(talk.texts(EMMA)) == wanted("en")
    assert not any(message.get("entities") for message in talk.messages(EMMA))
    assert "reply_markup" in talk.messages(EMMA)[-1]
