"""One update in hand, as a handler sees it."""

import html
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Final
from uuid import UUID

from langagent.core import i18n
from langagent.core.chat.keyboards import Keyboard, markup
from langagent.core.chat.memory import Dialogue, Memory
from langagent.core.chat.models import Incoming, Outgoing, PressAnswer
from langagent.core.database import Connection
from langagent.core.http.principal import Principal

Settle = Callable[["Chat"], AbstractAsyncContextManager[Connection]]

_DOMAIN: Final = "bot"


class Chat:
    """What a handler needs to answer one update, and what it has answered so far.

    Nothing is sent while the handler runs: `reply`, `edit` and `delete` collect messages that are stored in the same
    transaction as the effects, and sent when it was committed. A handler that raises has changed and said nothing.

    Attributes:
        text: the message's text or caption as it was written; empty for other content.
        command: without the slash; empty when the message is no command.
        argument: what follows the command.
        verb: of the pressed button.
        arguments: what its callback data has after the verb.
        dialogue: the state of a dialogue of several steps.
    """

    def __init__(self, incoming: Incoming, principal: Principal, memory: Memory, settle: Settle) -> None:
        self.incoming = incoming
        self.principal = principal
        self.dialogue = Dialogue(memory, principal.user_id, incoming.update_id)
        self.outgoing: list[Outgoing] = []
        self.press_answer = PressAnswer()
        self.is_settled = False
        self._memory = memory
        self._settle = settle
        self.text = _text_of(incoming)
        self.command, self.argument = split_command(self.text)
        data = incoming.press.data if incoming.press and incoming.press.data else ""
        self.verb, *arguments = data.split(":")
        self.arguments = tuple(arguments)

    @property
    def user_id(self) -> UUID:
        return self.principal.user_id

    @property
    def language(self) -> str:
        return self.principal.language

    def say(self, key: str, **params: Any) -> str:
        """The bot's text under ``key`` in the learner's language; parameters are escaped for HTML."""
        return i18n.text(self.language, key, domain=_DOMAIN, **_escaped(params))

    def say_many(self, key: str, count: int, **params: Any) -> str:
        """The plural form of a text for ``count``."""
        return i18n.plural(self.language, key, count, domain=_DOMAIN, **_escaped(params))

    def reply(self, text: str, keyboard: Keyboard | None = None) -> None:
        """Sends a message of Telegram's HTML."""
        self._send("sendMessage", _content(text) | _given(keyboard))

    def edit(self, text: str, keyboard: Keyboard | None = None) -> None:
        """Replaces the message whose button was pressed, with its keyboard; a message is sent when there is none."""
        if self._message_id is None:
            self.reply(text, keyboard)
        else:
            self._send("editMessageText", {"message_id": self._message_id} | _content(text) | _given(keyboard))

    def edit_keyboard(self, keyboard: Keyboard = ()) -> None:
        """Replaces the keyboard of the message whose button was pressed, or takes it away."""
        if self._message_id is not None:
            self._send("editMessageReplyMarkup", {"message_id": self._message_id, "reply_markup": markup(keyboard)})

    def delete(self) -> None:
        """Deletes the message whose button was pressed."""
        if self._message_id is not None:
            self._send("deleteMessage", {"message_id": self._message_id})

    def answer(self, text: str = "", *, alert: bool = False) -> None:
        """What the pressed button says, besides the messages; without it the button just stops waiting."""
        self.press_answer = PressAnswer(text, alert)

    def gone(self) -> None:
        """The pressed button is of no use any more: says so, and takes the keyboard away."""
        self.answer(self.say("press.gone"), alert=True)
        self.edit_keyboard()

    async def keep(self, payload: Any) -> str:
        """Puts JSON-able content aside for a week; the id it gives fits into callback data."""
        return await self._memory.keep(payload)

    async def kept(self, name: str) -> Any | None:
        """What `keep` put aside, or None: then the button is `gone`."""
        return await self._memory.kept(name)

    def settle(self) -> AbstractAsyncContextManager[Connection]:
        """The last transaction, which a slow handler opens itself, once, after its slow work.

        In it the claim is checked, the effects are written (services that open a unit of work join it) and the
        collected messages are stored. Raises: ClaimLost when another worker has the update.
        """
        return self._settle(self)

    def take_back(self) -> None:
        """Forgets what was answered and where the dialogue went: the transaction was rolled back."""
        self.outgoing.clear()
        self.press_answer = PressAnswer()
        self.dialogue.revert()
        self.is_settled = False

    @property
    def _message_id(self) -> int | None:
        press = self.incoming.press
        return press.message.message_id if press and press.message else None

    def _send(self, method: str, payload: dict[str, Any]) -> None:
        self.outgoing.append(Outgoing(method, payload))


def split_command(text: str) -> tuple[str, str]:
    """Command and argument of ``/command@bot argument``; two empty ones when the text is no command."""
    if not text.startswith("/"):
        return "", ""
    head, _, argument = text[1:].partition(" ")
    name, newline, rest = head.partition("\n")
    return name.partition("@")[0].lower(), (rest + " " + argument if newline else argument).strip()


def _text_of(incoming: Incoming) -> str:
    if incoming.press is not None or incoming.message is None:
        return ""
    return incoming.message.text or incoming.message.caption or ""


def _content(text: str) -> dict[str, Any]:
    return {"text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def _given(keyboard: Keyboard | None) -> dict[str, Any]:
    return {} if keyboard is None else {"reply_markup": markup(keyboard)}


def _escaped(params: dict[str, Any]) -> dict[str, Any]:
    return {
        name: html.escape(value, quote=False) if isinstance(value, str) else value for name, value in params.items()
    }
