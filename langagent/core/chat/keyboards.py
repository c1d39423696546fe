"""Inline keyboards as plain values."""

from collections.abc import Sequence
from typing import Any, Final

CALLBACK_BYTES: Final = 64

Button = dict[str, Any]
Keyboard = Sequence[Sequence[Button]]


def press(text: str, verb: str, *arguments: object) -> Button:
    """A button that calls the handler of ``verb``.

    Raises: ValueError when verb and arguments are longer than Telegram carries.
    """
    data = ":".join([verb, *map(str, arguments)])
    if len(data.encode()) > CALLBACK_BYTES:
        raise ValueError(f"callback data of {verb} is longer than {CALLBACK_BYTES} bytes")
    return {"text": text, "callback_data": data}


def link(text: str, url: str) -> Button:
    return {"text": text, "url": url}


def app(text: str, url: str) -> Button:
    """A button that opens ``url`` as Mini App."""
    return {"text": text, "web_app": {"url": url}}


def markup(keyboard: Keyboard) -> dict[str, Any]:
    """The keyboard as Telegram takes it; an empty one takes the keyboard of an edited message away."""
    return {"inline_keyboard": [list(row) for row in keyboard]}
