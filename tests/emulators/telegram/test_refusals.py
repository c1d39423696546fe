"""What Telegram refuses is refused, in its words."""

from typing import Any

import httpx2
import pytest

from emulators.telegram.clock import HandClock
from emulators.telegram.emulator import TelegramEmulator
from emulators.telegram.params import Upload
from emulators.telegram.rules.keyboards import checked_menu_button
from tests.emulators.telegram.conftest import ANNA, EMMA, STRANGER, Call

REFUSED = "Bad Request: "


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[button]]}


SEND: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "message text is empty"),
    ({"text": " \n "}, "message text is empty"),
    ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
    ({"text": "a" * 4097}, "message is too long"),
    ({"text": "🏟" * 2049}, "message is too long"),
    ({"text": "x", "parse_mode": "Word"}, "unsupported parse_mode"),
    ({"text": "1 < 2", "parse_mode": "html"}, 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
    ({"text": "x", "chat_id": ""}, "chat_id is empty"),
    ({"text": "x", "chat_id": 5}, "chat not found"),
    ({"text": "x", "chat_id": "@someone"}, "chat not found"),
    ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ({"text": "x", "reply_markup": "{"}, "can't parse reply markup JSON object"),
    ({"text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [{}]}},
        'field "inline_keyboard" must be an Array of Arrays',
    ),
    (
        {"text": "x", "reply_markup": keyboard(text="", callback_data="x")},
        "can't parse inline keyboard button: Can't find field \"text\"",
    ),
    (
        {"text": "x", "reply_markup": keyboard(text="x")},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    ({"text": "x", "reply_markup": keyboard(text="x", callback_data="")}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": keyboard(text="x", callback_data="я" * 33)}, "BUTTON_DATA_INVALID"),
    (
        {"text": "x", "reply_markup": keyboard(text="x", url="nowhere")},
        "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
    ),
    (
        {"text": "x", "reply_markup": keyboard(text="x", web_app={"url": "http://app.example"})},
        "inline keyboard button Web App URL 'http://app.example' is invalid: Only HTTPS links are allowed",
    ),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 101]}},
        "reply markup is too long",
    ),
]


@pytest.mark.parametrize(("params", "reason"), SEND)
async def test_send_message(call: Call, params: dict[str, Any], reason: str) -> None:
    answer = await call("sendMessage", **{"chat_id": ANNA, **params})
    assert answer == {"ok": False, "error_code": 400, "description": REFUSED + reason}


OTHERS: list[tuple[str, dict[str, Any], str]] = [
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    ("editMessageText", {"text": "x", "message_id": 999}, "message to edit not found"),
    ("editMessageText", {"text": "x", "message_id": 1}, "message can't be edited"),
    ("editMessageReplyMarkup", {"message_id": 999}, "message to edit not found"),
    ("deleteMessage", {"message_id": 999}, "message to delete not found"),
    (
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("sendChatAction", {"action": "singing"}, "wrong parameter action in request"),
    ("sendDocument", {}, "there is no document in the request"),
    ("sendPhoto", {"photo": "unknown"}, "invalid file_id"),
    ("getFile", {"file_id": "unknown"}, "invalid file_id"),
    ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "s" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "start", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyCommands", {"commands": [], "language_code": "russian"}, "invalid language code specified"),
    ("setChatMenuButton", {"menu_button": {"type": "x"}}, "can't parse menu button: MenuButton has unsupported type"),
    ("setWebhook", {"url": "http://app.example/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
    (
        "setWebhook",
        {"url": "https://app.example:8000/hook"},
        "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
    ),
    (
        "setWebhook",
        {"url": "https://app.example/hook", "secret_token": "with space"},
        "secret token contains unallowed characters",
    ),
]


@pytest.mark.parametrize(("method", "params", "reason"), OTHERS)
async def test_other_methods(call: Call, method: str, params: dict[str, Any], reason: str) -> None:
    answer = await call(method, chat_id=ANNA, **params)
    assert answer == {"ok": False, "error_code": 400, "description": REFUSED + reason}


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"caption": "a" * 1025}, "message caption is too long"),
        (
            {"caption": "<b>", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
    ],
)
async def test_caption(call: Call, emulator: TelegramEmulator, params: dict[str, Any], reason: str) -> None:
    file = emulator.world.files.add("document", Upload("a.txt", "text/plain", b"text"))
    answer = await call("sendDocument", chat_id=ANNA, document=file.file_id, **params)
    assert answer["description"] == REFUSED + reason


async def test_at_the_limit_is_sent(call: Call) -> None:
    text = "<b>" + "&lt;" * 4096 + "</b>"
    answer = await call(
        "sendMessage",
        chat_id=ANNA,
        text=text,
        parse_mode="HTML",
        reply_markup=keyboard(text="x", callback_data="я" * 32),
    )
    assert len(answer["result"]["text"]) == 4096


async def test_unknown_parameters_are_ignored(call: Call) -> None:
    assert (await call("sendMessage", chat_id=ANNA, text="x", mood="good"))["ok"]


async def test_people_who_may_not_be_written_to(call: Call, emulator: TelegramEmulator) -> None:
    emulator.people.block(EMMA)
    blocked = await call("sendMessage", chat_id=EMMA, text="x")
    stranger = await call("sendMessage", chat_id=STRANGER, text="x")
    assert (blocked["error_code"], blocked["description"]) == (403, "Forbidden: bot was blocked by the user")
    assert (stranger["error_code"], stranger["description"]) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )


async def test_edit_without_a_change(call: Call) -> None:
    sent = await call("sendMessage", chat_id=ANNA, text="<b>x</b>", parse_mode="HTML")
    message_id = sent["result"]["message_id"]
    same = await call(
        "editMessageText", chat_id=ANNA, message_id=message_id, text="<strong>x</strong>", parse_mode="HTML"
    )
    plain = await call("editMessageText", chat_id=ANNA, message_id=message_id, text="x")
    assert same["description"].startswith("Bad Request: message is not modified: ")
    assert plain["ok"]


async def test_edit_too_long(call: Call) -> None:
    sent = await call("sendMessage", chat_id=ANNA, text="x")
    answer = await call("editMessageText", chat_id=ANNA, message_id=sent["result"]["message_id"], text="a" * 4097)
    assert answer["description"] == "Bad Request: MESSAGE_TOO_LONG"


async def test_delete_after_two_days(call: Call, clock: HandClock) -> None:
    sent = await call("sendMessage", chat_id=ANNA, text="x")
    clock.advance(48 * 3600 + 1)
    answer = await call("deleteMessage", chat_id=ANNA, message_id=sent["result"]["message_id"])
    assert answer["description"] == "Bad Request: message can't be deleted for everyone"


@pytest.mark.parametrize("offset", [149, 151])
async def test_a_press_is_answered_within_150_seconds(
    call: Call, emulator: TelegramEmulator, clock: HandClock, offset: int
) -> None:
    sent = await call("sendMessage", chat_id=ANNA, text="x", reply_markup=keyboard(text="x", callback_data="x"))
    query, _ = emulator.people.press(ANNA, sent["result"]["message_id"], "x")
    clock.advance(offset)
    assert (await call("answerCallbackQuery", callback_query_id=query.id))["ok"] is (offset == 149)


@pytest.mark.parametrize(
    ("path", "code", "description"),
    [
        ("/bot123456:WRONG/getMe", 401, "Unauthorized"),
        ("/bot123456/getMe", 404, "Not Found"),
        ("/bot123456:TEST-TOKEN/getYou", 404, "Not Found: method not found"),
        ("/file/bot123456:WRONG/photos/x", 401, "Unauthorized"),
        ("/file/bot123456:TEST-TOKEN/photos/x", 404, "Not Found"),
        ("/nowhere", 404, "Not Found"),
    ],
)
async def test_address(http: httpx2.AsyncClient, path: str, code: int, description: str) -> None:
    answer = await http.get(path)
    assert answer.status_code == code
    assert answer.json() == {"ok": False, "error_code": code, "description": description}


def test_web_app_on_this_machine_needs_no_certificate() -> None:
    button = {"type": "web_app", "text": "Open", "web_app": {"url": "http://localhost:5173/"}}
    assert checked_menu_button(button) == button
