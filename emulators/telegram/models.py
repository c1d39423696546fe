"""Who writes, what is written, and where it is kept."""

from dataclasses import dataclass, field
from typing import Any

from emulators.telegram.rules.keyboards import checked_menu_button


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who may write to the bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""

    def as_user(self) -> dict[str, Any]:
        """Return the person as a `User`."""
        return {"id": self.id, "is_bot": False, **self._names(), **_given(language_code=self.language_code)}

    def as_chat(self) -> dict[str, Any]:
        """Return the person's private chat as a `Chat`."""
        return {"id": self.id, **self._names(), "type": "private"}

    def _names(self) -> dict[str, str]:
        return {"first_name": self.first_name, **_given(last_name=self.last_name, username=self.username)}


@dataclass(slots=True)
class Message:
    """A message of a chat; `content` holds the fields that depend on its kind."""

    message_id: int
    sender: dict[str, Any]
    person: Person
    date: int
    content: dict[str, Any]
    reply_markup: dict[str, Any] | None = None
    reply_to: "Message | None" = None
    edit_date: int = 0

    def inline_keyboard(self) -> list[list[dict[str, Any]]]:
        """Return the rows of buttons under the message."""
        rows: list[list[dict[str, Any]]] = (self.reply_markup or {}).get("inline_keyboard", [])
        return rows

    def json(self) -> dict[str, Any]:
        """Return the message as Telegram writes it; only inline keyboards are shown back."""
        shown: dict[str, Any] = {
            "message_id": self.message_id,
            "from": self.sender,
            "chat": self.person.as_chat(),
            "date": self.date,
            **_given(edit_date=self.edit_date),
        }
        if self.reply_to:
            shown["reply_to_message"] = self.reply_to.json()
        shown |= self.content
        if keyboard := self.inline_keyboard():
            shown["reply_markup"] = {"inline_keyboard": keyboard}
        return shown


@dataclass(slots=True)
class Chat:
    """A private chat between a person and the bot."""

    person: Person
    started: bool = False
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    reply_keyboard: dict[str, Any] | None = None
    menu_button: dict[str, Any] = field(default_factory=lambda: checked_menu_button(None))


@dataclass(slots=True)
class Query:
    """Something the bot must answer in time: a pressed button or a checkout."""

    id: str
    chat: Chat
    expires: float
    details: dict[str, Any]
    answer: dict[str, Any] | None = None


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
