"""What everybody may ask the bot for, decks and languages, and what it does not understand."""

import json
import re
from datetime import timedelta

import pytest

from emulators.telegram.models import Person
from emulators.telegram.params import Upload
from langagent.core.database import Database
from langagent.settings import Settings
from tests.langagent.conftest import FrozenClock
from tests.langagent.telegram.flows.conftest import labels
from tests.langagent.telegram.talk import ANNA, EMMA, Talk


def addresses(talk: Talk, person: Person) -> list[str]:
    keyboard = talk.messages(person)[-1]["reply_markup"]["inline_keyboard"]
    opened = [button.get("web_app", button) for row in keyboard for button in row]
    return [each["url"] for each in opened if "url" in each]


@pytest.mark.parametrize(
    ("command", "russian", "english", "screen"),
    [
        ("/help", "Карточки\n/cards — учить", "Cards\n/cards: study", "home"),
        ("/app", "В приложении всё сразу", "Everything at once", "home"),
        ("/settings", "Настройки в приложении", "Settings are in the app", "settings"),
        ("/export", "Скачать всё", "You can download everything", "settings"),
        ("/delete_account", "Удалить аккаунт", "You can delete your account", "settings"),
    ],
)
async def test_commands_lead_to_screens_of_the_app(
    talk: Talk, settings: Settings, command: str, russian: str, english: str, screen: str
) -> None:
    for person, text in ((ANNA, russian), (EMMA, english)):
        await talk.say(person, command)
        assert talk.texts(person)[-1].startswith(text)
        assert addresses(talk, person) == [f"{settings.app_url}/?go={screen}"]


@pytest.mark.parametrize(
    ("command", "russian", "english"),
    [
        ("/terms", "Условия использования", "Terms of service"),
        ("/privacy", "Политика конфиденциальности", "Privacy policy"),
        ("/cancel", "Отменять нечего.", "There is nothing to cancel."),
        ("/frobnicate", "Такой команды я не знаю.", "I do not know this command."),
    ],
)
async def test_commands_answer_in_both_languages(talk: Talk, command: str, russian: str, english: str) -> None:
    for person, text in ((ANNA, russian), (EMMA, english)):
        await talk.say(person, command)
        assert talk.texts(person)[-1].startswith(text)
        assert not re.search(r"[#<>]", talk.texts(person)[-1])


async def test_login_gives_a_link_and_a_code_that_work(talk: Talk, database: Database) -> None:
    await talk.say(ANNA, "/start login")
    assert "Они действуют 10 минут и один раз." in talk.texts(ANNA)[-1]
    (address,) = addresses(talk, ANNA)
    assert re.fullmatch(r"http://localhost:5173/auth/link#token=[\w-]{22}", address)
    assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", talk.texts(ANNA)[-1])
    async with database.connection() as connection:
        assert await connection.fetchval("select count(*) from sign_in_codes where used_at is null") == 1


async def test_the_profile_says_where_the_learner_is(talk: Talk, anna: Person) -> None:
    await talk.say(anna, "/profile")
    lines = talk.texts(anna)[-1].split("\n")
    assert lines[0] == "🇪🇸 Испанский: A1 → A2"
    assert re.fullmatch(r"Карточек: \d{3}", lines[2])
    assert lines[-1] == "Тариф: Премиум"


async def test_another_language_is_chosen(talk: Talk, emma: Person, database: Database) -> None:
    async with database.connection() as connection:
        await connection.execute(
            """
            insert into language_profiles (user_id, language, current_level, target_level, goals, is_active)
            select id, 'de', 'B1', 'B2', '["work"]', false from users where telegram_id = $1
            """,
            EMMA.id,
        )
    await talk.say(emma, "/switch_profile")
    assert labels(talk, emma)[:2] == ["✓ 🇪🇸 Spanish · A1", "🇩🇪 German · B1"]
    query = await talk.press(emma, "🇩🇪 German · B1")
    assert query.answer == {"text": "Now German", "show_alert": False}
    assert labels(talk, emma)[:2] == ["✓ 🇩🇪 German · B1", "🇪🇸 Spanish · A1"]


async def test_decks_are_made_and_chosen_page_by_page(
    talk: Talk, emma: Person, database: Database, clock: FrozenClock
) -> None:
    for name in ("Travel", "«Work & <b>»", '"Food"', "A", "B"):
        clock.advance(timedelta(seconds=1))
        await talk.say(emma, f"/add_deck {name}")
    assert talk.texts(emma)[1] == "🗂 Deck “Travel” is ready."
    await talk.say(emma, "/add_deck food")
    assert talk.texts(emma)[-1] == "There is a deck “food” already."
    await talk.say(emma, "/add_card pan")
    await talk.say(emma, "/decks")
    assert "✓ My words · 1 card" in talk.texts(emma)[-1]
    assert labels(talk, emma) == ["✓ My words", "Travel", "Work & <b>", "Food", "A", "→"]
    await talk.press(emma, "→")
    assert labels(talk, emma) == ["B", "←"]
    await talk.press(emma, "B")
    assert labels(talk, emma)[:2] == ["✓ B", "My words"]
    await talk.say(emma, "/add_card leche")
    async with database.connection() as connection:
        deck = await connection.fetchval(
            "select d.name from cards c join decks d on d.id = c.deck_id where c.lemma = 'leche'"
        )
    assert deck == "B"


@pytest.mark.parametrize("name", ["", "x" * 101])
async def test_a_deck_needs_a_name(talk: Talk, emma: Person, name: str) -> None:
    await talk.say(emma, f"/add_deck {name}")
    assert talk.texts(emma)[-1].startswith("Write the name after the command")


async def test_a_deleted_deck_is_no_longer_available(talk: Talk, emma: Person, database: Database) -> None:
    await talk.say(emma, "/add_deck Travel")
    async with database.connection() as connection:
        await connection.execute("update decks set deleted_at = now() where name = 'Travel'")
    query = await talk.press(emma, "Study this deck")
    assert query.answer == {"text": "This is no longer available.", "show_alert": True}
    assert labels(talk, emma) == []


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("document", "I cannot read messages of this kind."),
        ("audio", "I cannot read messages of this kind."),
        ("photo", "Photos and voice messages need the tutor"),
        ("voice", "Photos and voice messages need the tutor"),
    ],
)
async def test_files_are_answered_plainly(talk: Talk, emma: Person, kind: str, answer: str) -> None:
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
        "0000000049454e44ae426082"
    )
    talk.emulator.people.send_file(emma.id, kind, Upload("file.png", "image/png", png))
    await talk.quiet()
    assert talk.texts(emma)[-1].startswith(answer)


async def test_a_sticker_is_not_understood_and_a_note_of_telegram_is_not_answered(talk: Talk, emma: Person) -> None:
    chat = {"id": emma.id, "type": "private", "first_name": "Emma"}
    sender = {"id": emma.id, "is_bot": False, "first_name": "Emma", "username": "emma", "language_code": "en"}
    message = {"message_id": 900, "date": 1767225600, "chat": chat, "from": sender}
    sticker = {
        "file_id": "1", "file_unique_id": "1", "type": "regular", "width": 1, "height": 1,
        "is_animated": False, "is_video": False,
    }  # fmt: skip
    talk.emulator.people.raw("message", message | {"sticker": sticker}, emma.id)
    await talk.quiet()
    assert talk.texts(emma)[-1] == "I cannot read messages of this kind. Write to me in words."
    said = len(talk.texts(emma))
    talk.emulator.people.raw("message", message | {"write_access_allowed": {}}, emma.id)
    await talk.quiet()
    assert len(talk.texts(emma)) == said


async def test_what_only_the_tutor_could_answer(talk: Talk, anna: Person) -> None:
    await talk.say(anna, "¿Qué tal?")
    assert talk.texts(anna)[-1].startswith("Преподаватель сейчас недоступен.")
    await talk.press(anna, "Учить карточки")
    assert labels(talk, anna) == ["Показать"]


async def test_the_command_menu_has_only_what_works(talk: Talk, emma: Person) -> None:
    calls = talk.emulator.world.calls.of("setMyCommands", None)
    commands = {command["command"] for call in calls for command in json.loads(call.params["commands"])}
    assert commands == {"start", "help", "app", "profile", "cards", "settings", "login"}
