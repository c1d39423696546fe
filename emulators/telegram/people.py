"""What people do: write, press, send files, block, pay, open the Mini App."""

from typing import Any

from emulators.telegram.launch import init_data, launch_url
from emulators.telegram.media import media_content
from emulators.telegram.models import Chat, Message, Person, Query
from emulators.telegram.params import Upload
from emulators.telegram.rules.text import found_entities
from emulators.telegram.rules.units import utf16_length
from emulators.telegram.updates import Update
from emulators.telegram.world import World

_MAX_TEXT = 4096
_PRESS_LIFETIME = 150
_CHECKOUT_LIFETIME = 10


class ImpossibleError(Exception):
    """Something that no person could do in Telegram; says why."""


class People:
    """The hands of everyone who talks to the bot. An update is None when the bot has not asked for its kind."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add(self, person: Person) -> Person:
        """Let a person exist.

        Raises:
            ImpossibleError: the id is taken or is no person's.
        """
        if person.id in self._world.chats or person.id <= 0:
            raise ImpossibleError(f"{person.id} is taken, or is not the id of a person")
        self._world.add_person(person)
        return person

    def say(self, person_id: int, text: str, reply_to: int | None = None) -> Update | None:
        """Write a text or a command; the first one starts the bot."""
        if not text.strip() or utf16_length(text) > _MAX_TEXT:
            raise ImpossibleError(f"a text has 1 to {_MAX_TEXT} characters")
        entities = found_entities(text)
        return self._write(person_id, {"text": text, **({"entities": entities} if entities else {})}, reply_to)

    def start(self, person_id: int, payload: str = "") -> Update | None:
        """Open a deep link to the bot, or press its start button; unblocks it first."""
        self.unblock(person_id)
        return self.say(person_id, f"/start {payload}".strip())

    def send_file(
        self, person_id: int, kind: str, upload: Upload, caption: str = "", duration: int = 1
    ) -> Update | None:
        """Send a photo, voice message, document or another kind of file; the duration is in seconds."""
        content = media_content(self._world.files, kind, upload, duration)
        return self._write(person_id, content | ({"caption": caption} if caption else {}))

    def press(self, person_id: int, message_id: int, data: str) -> tuple[Query, Update | None]:
        """Press a button under a message of the bot."""
        chat, message = self._message(person_id, message_id)
        if not any(button.get("callback_data") == data for row in message.inline_keyboard() for button in row):
            raise ImpossibleError(f"message {message_id} has no button with the data {data!r}")
        query = self._world.ask(chat, _PRESS_LIFETIME, {"data": data, "message_id": message_id})
        payload = {
            "id": query.id,
            "from": chat.person.as_user(),
            "message": message.json(),
            "chat_instance": str(-7_000_000_000_000_000_000 - person_id),
            "data": data,
        }
        return query, self._world.updates.add("callback_query", payload, person_id)

    def checkout(self, person_id: int, payload: str, total_amount: int, currency: str = "XTR") -> Query:
        """Begin to pay; the payment happens when the bot accepts."""
        details = {"currency": currency, "total_amount": total_amount, "invoice_payload": payload}
        chat = self.chat(person_id)
        query = self._world.ask(chat, _CHECKOUT_LIFETIME, details)
        update = {"id": query.id, "from": chat.person.as_user(), **details}
        self._world.updates.add("pre_checkout_query", update, person_id)
        return query

    def block(self, person_id: int) -> Update | None:
        """Block the bot."""
        chat = self.chat(person_id)
        if chat.blocked:
            return None
        chat.blocked = True
        return self._membership(chat, "member", "kicked")

    def unblock(self, person_id: int) -> Update | None:
        """Let the bot write again."""
        chat = self.chat(person_id)
        if not chat.blocked:
            return None
        chat.blocked = False
        return self._membership(chat, "kicked", "member")

    def launch(self, person_id: int, url: str, start_param: str = "", theme: str = "light") -> str:
        """Return the address under which Telegram opens a Mini App for the person."""
        data = init_data(self._world.token, self.chat(person_id).person, int(self._world.clock.now()), start_param)
        return launch_url(url, data, theme, start_param)

    def raw(self, kind: str, payload: dict[str, Any], chat_id: int | None = None) -> Update | None:
        """Send any update, such as one of a group or of a kind that no one knows."""
        return self._world.updates.add(kind, payload, chat_id)

    def chat(self, person_id: int) -> Chat:
        """Return the chat of a person with the bot.

        Raises:
            ImpossibleError: no such person.
        """
        if person_id not in self._world.chats:
            raise ImpossibleError(f"there is no person {person_id}")
        return self._world.chats[person_id]

    def _write(self, person_id: int, content: dict[str, Any], reply_to: int | None = None) -> Update | None:
        chat = self.chat(person_id)
        if chat.blocked:
            raise ImpossibleError("the bot is blocked: unblock it first")
        replied = self._message(person_id, reply_to)[1] if reply_to else None
        if not chat.started:
            chat.started = True
            self._world.events.send("person", person_id)
        message = self._world.post(chat, chat.person.as_user(), content, reply_to=replied)
        return self._world.updates.add("message", message.json(), person_id)

    def _message(self, person_id: int, message_id: int) -> tuple[Chat, Message]:
        chat = self.chat(person_id)
        if message_id not in chat.messages:
            raise ImpossibleError(f"there is no message {message_id} in the chat of {person_id}")
        return chat, chat.messages[message_id]

    def _membership(self, chat: Chat, before: str, after: str) -> Update | None:
        bot = self._world.bot
        payload = {
            "chat": chat.person.as_chat(),
            "from": chat.person.as_user(),
            "date": int(self._world.clock.now()),
            "old_chat_member": _member(bot, before),
            "new_chat_member": _member(bot, after),
        }
        self._world.events.send("person", chat.person.id)
        return self._world.updates.add("my_chat_member", payload, chat.person.id)


def _member(bot: dict[str, Any], status: str) -> dict[str, Any]:
    return {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}
