"""The bot's ordinary day, through the client library that the product uses."""

import io

import pytest
from telebot.async_telebot import AsyncTeleBot
from telebot.asyncio_helper import ApiTelegramException
from telebot.types import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    MenuButtonWebApp,
    ReplyParameters,
    WebAppInfo,
)

from emulators.telegram.emulator import TelegramEmulator
from emulators.telegram.methods.bot import shown_commands
from emulators.telegram.models import Person
from emulators.telegram.params import Upload
from emulators.telegram.people import ImpossibleError
from tests.emulators.telegram.conftest import ANNA, EMMA, STRANGER, Call
from tests.emulators.telegram.rules.test_images import PNG


def one_button(text: str, data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data)]])


async def test_who_am_i(bot: AsyncTeleBot) -> None:
    me = await bot.get_me()
    assert (me.id, me.is_bot, me.username) == (123456, True, "langagent_dev_bot")


async def test_a_message_its_edit_and_its_end(bot: AsyncTeleBot, emulator: TelegramEmulator) -> None:
    messages = emulator.people.chat(ANNA).messages
    sent = await bot.send_message(ANNA, "<b>дом</b>", parse_mode="HTML", reply_markup=one_button("show", "card.flip:1"))
    assert sent.text == "дом"
    assert sent.entities is not None
    assert sent.entities[0].type == "bold"
    assert sent.reply_markup is not None
    edited = await bot.edit_message_text("house", ANNA, sent.message_id)
    assert not isinstance(edited, bool)
    assert edited.edit_date is not None
    assert messages[sent.message_id].json().get("reply_markup") is None
    await bot.edit_message_reply_markup(ANNA, sent.message_id, reply_markup=one_button("next", "card.next"))
    assert messages[sent.message_id].inline_keyboard() == [[{"text": "next", "callback_data": "card.next"}]]
    assert await bot.delete_message(ANNA, sent.message_id)
    assert sent.message_id not in messages


async def test_commands_and_addresses_are_found_in_what_the_bot_says(bot: AsyncTeleBot) -> None:
    sent = await bot.send_message(ANNA, "🏟 /help <code>/not</code> https://x.org/a", parse_mode="HTML")
    assert sent.entities is not None
    found = [(entity.type, entity.offset, entity.length) for entity in sent.entities]
    assert found == [("bot_command", 3, 5), ("code", 9, 4), ("url", 14, 15)]


async def test_reply(bot: AsyncTeleBot) -> None:
    first = await bot.send_message(ANNA, "question")
    second = await bot.send_message(ANNA, "answer", reply_parameters=ReplyParameters(first.message_id))
    assert second.reply_to_message is not None
    assert second.reply_to_message.text == "question"


async def test_a_press_is_answered(bot: AsyncTeleBot, emulator: TelegramEmulator) -> None:
    sent = await bot.send_message(ANNA, "дом", reply_markup=one_button("show", "card.flip:1"))
    emulator.people.press(ANNA, sent.message_id, "card.flip:1")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert (update.callback_query.data, update.callback_query.from_user.id) == ("card.flip:1", ANNA)
    assert await bot.answer_callback_query(update.callback_query.id, "no longer available", show_alert=True)
    query = emulator.world.queries[str(update.callback_query.id)]
    assert query.answer == {"text": "no longer available", "show_alert": True}


async def test_files_of_the_bot(bot: AsyncTeleBot) -> None:
    document = await bot.send_document(
        ANNA, InputFile(io.BytesIO(b"a,b"), "cards.csv"), caption="<i>yours</i>", parse_mode="HTML"
    )
    photo = await bot.send_photo(ANNA, PNG)
    voice = await bot.send_voice(ANNA, InputFile(io.BytesIO(b"OggS"), "word.ogg"), duration=2)
    assert document.document is not None
    assert document.document.file_name == "cards.csv"
    assert document.caption == "yours"
    assert photo.photo is not None
    assert [(size.width, size.height) for size in photo.photo] == [(90, 68), (320, 240)]
    assert voice.voice is not None
    assert voice.voice.duration == 2
    again = await bot.send_document(EMMA, document.document.file_id)
    assert again.document is not None


async def test_a_photo_that_is_none(bot: AsyncTeleBot) -> None:
    with pytest.raises(ApiTelegramException, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(ANNA, b"not an image")


async def test_files_of_people_are_downloaded(bot: AsyncTeleBot, emulator: TelegramEmulator) -> None:
    emulator.people.send_file(ANNA, "photo", Upload("page.png", "image/png", PNG), "what is this?")
    emulator.people.send_file(ANNA, "voice", Upload("voice.oga", "audio/ogg", b"OggS"), duration=7)
    photo, voice = [update.message for update in await bot.get_updates()]
    assert photo is not None
    assert photo.photo is not None
    assert photo.caption == "what is this?"
    assert voice is not None
    assert voice.voice is not None
    assert voice.voice.duration == 7
    file = await bot.get_file(photo.photo[-1].file_id)
    assert file.file_path == "photos/file_1.png"
    assert await bot.download_file(file.file_path) == PNG


async def test_a_file_too_big_to_fetch(bot: AsyncTeleBot, emulator: TelegramEmulator) -> None:
    emulator.people.send_file(ANNA, "document", Upload("deck.apkg", "application/zip", bytes(20 * 1024 * 1024 + 1)))
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    with pytest.raises(ApiTelegramException, match="file is too big"):
        await bot.get_file(update.message.document.file_id)


async def test_commands_by_scope_and_language(bot: AsyncTeleBot, call: Call, emulator: TelegramEmulator) -> None:
    private = {"scope": {"type": "all_private_chats"}}
    await bot.set_my_commands([BotCommand("start", "begin")])
    await call("setMyCommands", commands=[{"command": "start", "description": "начать"}], language_code="ru", **private)
    assert shown_commands(emulator.world, ANNA, "ru") == [{"command": "start", "description": "начать"}]
    assert shown_commands(emulator.world, EMMA, "en") == [{"command": "start", "description": "begin"}]
    assert (await call("getMyCommands", **private))["result"] == []
    await call("deleteMyCommands", language_code="ru", **private)
    assert shown_commands(emulator.world, ANNA, "ru")[0]["description"] == "begin"


async def test_menu_button(bot: AsyncTeleBot) -> None:
    await bot.set_chat_menu_button(menu_button=MenuButtonWebApp(text="App", web_app=WebAppInfo("https://app.example/")))
    button = await bot.get_chat_menu_button(ANNA)
    assert isinstance(button, MenuButtonWebApp)
    assert button.text == "App"


async def test_texts_of_the_bot(bot: AsyncTeleBot) -> None:
    await bot.set_my_description("Учитель", language_code="ru")
    assert (await bot.get_my_description("ru")).description == "Учитель"
    assert (await bot.get_my_description()).description == ""


async def test_a_payment(bot: AsyncTeleBot, emulator: TelegramEmulator) -> None:
    emulator.people.checkout(ANNA, "basic:monthly", 250)
    (update,) = await bot.get_updates()
    assert update.pre_checkout_query is not None
    await bot.answer_pre_checkout_query(update.pre_checkout_query.id, ok=True)
    (paid,) = await bot.get_updates(update.update_id + 1)
    assert paid.message is not None
    assert paid.message.successful_payment is not None
    assert paid.message.successful_payment.invoice_payload == "basic:monthly"


async def test_block_and_return(bot: AsyncTeleBot, emulator: TelegramEmulator) -> None:
    emulator.people.block(ANNA)
    with pytest.raises(ApiTelegramException, match="bot was blocked by the user"):
        await bot.send_chat_action(ANNA, "typing")
    with pytest.raises(ImpossibleError, match="unblock"):
        emulator.people.say(ANNA, "hello?")
    emulator.people.start(ANNA, "deck-1")
    blocked, back, start = await bot.get_updates()
    assert blocked.my_chat_member is not None
    assert blocked.my_chat_member.new_chat_member.status == "kicked"
    assert back.my_chat_member is not None
    assert back.my_chat_member.new_chat_member.status == "member"
    assert start.message is not None
    assert start.message.text == "/start deck-1"
    assert start.message.entities is not None
    assert start.message.entities[0].type == "bot_command"


def test_what_no_person_can_do(emulator: TelegramEmulator) -> None:
    for impossible in (
        lambda: emulator.people.say(ANNA, "a" * 4097),
        lambda: emulator.people.say(5, "x"),
        lambda: emulator.people.press(ANNA, 999, "x"),
        lambda: emulator.people.press(ANNA, 1, "x"),
        lambda: emulator.people.add(Person(STRANGER, "Twice")),
    ):
        with pytest.raises(ImpossibleError):
            impossible()
