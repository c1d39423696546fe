"""What becomes of a message's other contents when its text is sent in parts."""

from typing import Any

import pytest

from langagent.core.chat.models import Outgoing
from langagent.notifications.outbox.parts import in_parts

KEYBOARD = {"inline_keyboard": [[{"text": "OK", "callback_data": "ok"}]]}
LONG = f"<b>{'x' * 5000}</b>"


def long_message(method: str, **payload: Any) -> list[tuple[str, dict[str, Any]]]:
    """The parts, without their texts."""
    parts = in_parts(Outgoing(method, {"text": LONG, "parse_mode": "HTML"} | payload))
    return [(part.method, {name: value for name, value in part.payload.items() if name != "text"}) for part in parts]


def test_the_keyboard_is_below_the_last_part() -> None:
    assert long_message("sendMessage", reply_markup=KEYBOARD) == [
        ("sendMessage", {"parse_mode": "HTML"}),
        ("sendMessage", {"parse_mode": "HTML", "reply_markup": KEYBOARD}),
    ]


def test_an_edited_message_is_followed_by_new_ones() -> None:
    assert long_message("editMessageText", message_id=7, reply_markup=KEYBOARD) == [
        ("editMessageText", {"parse_mode": "HTML", "message_id": 7}),
        ("sendMessage", {"parse_mode": "HTML", "reply_markup": KEYBOARD}),
    ]


def test_a_plain_text_is_not_taken_for_html() -> None:
    parts = in_parts(Outgoing("sendMessage", {"text": LONG}))
    assert [part.payload["text"] for part in parts] == [LONG[:4000], "… " + LONG[4000:]]


@pytest.mark.parametrize(
    "message",
    [
        Outgoing("sendMessage", {"text": "x" * 4000}),
        Outgoing("sendMessage", {"text": "&amp;" * 2000, "parse_mode": "HTML"}),
        Outgoing("editMessageReplyMarkup", {"message_id": 7}),
    ],
)
def test_what_fits_stays_as_it_is(message: Outgoing) -> None:
    assert in_parts(message) == [message]
