"""What arrives in a chat, and what leaves it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from telebot import types


class Kind(StrEnum):
    """The kinds of updates that we ask Telegram for and handle."""

    MESSAGE = "message"
    PRESS = "callback_query"
    MEMBERSHIP = "my_chat_member"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update of a private chat.

    Attributes:
        message: what was written, or carries the pressed button; Telegram shows old ones as inaccessible.
        press: the pressed button.
        is_member: after a change of membership, whether the bot may write.
    """

    update_id: int
    chat_id: int
    kind: Kind
    sender: "types.User"
    message: "types.Message | None" = None
    press: "types.CallbackQuery | None" = None
    is_member: bool = True


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One call of the Bot API that must reach the chat; ``payload`` is what it takes besides the chat."""

    method: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PressAnswer:
    """What ends the waiting of a pressed button: a word, or an alert that must be closed."""

    text: str = ""
    is_alert: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """Where a dialogue of several steps stands; ``data`` is JSON-able."""

    name: str
    data: dict[str, Any] = field(default_factory=dict)
