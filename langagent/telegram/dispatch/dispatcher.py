"""The handler of the inbox: finds who shall answer an update, and ends it in one transaction."""

import html
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from langagent.accounts.correspondents.service import Correspondents
from langagent.accounts.users.models import TelegramPerson
from langagent.core import i18n
from langagent.core.chat.context import Chat
from langagent.core.chat.memory import Memory
from langagent.core.chat.models import Incoming, Kind, Outgoing
from langagent.core.chat.registry import Handler, Registry
from langagent.core.database import Connection, Database
from langagent.core.errors import AppError
from langagent.core.http.principal import Principal
from langagent.core.queue.consumer import complete
from langagent.core.queue.models import Claim
from langagent.notifications.outbox import queries as outbox
from langagent.notifications.outbox.models import Address
from langagent.notifications.outbox.service import answer, put
from langagent.telegram.direct import DirectCalls
from langagent.telegram.dispatch.updates import read_claim
from langagent.telegram.metrics import DEAD_LETTERS, SECONDS, UPDATES

ALERT_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Errors of handlers surface to the queue, which tries again; refusals are told to the person.

    Attributes:
        wake_sender: called when answers were committed.
    """

    database: Database
    correspondents: Correspondents
    registry: Registry
    memory: Memory
    direct: DirectCalls
    wake_sender: Callable[[], None]

    async def handle(self, claim: Claim) -> None:
        """Raises: ClaimLost, and whatever a handler raises besides refusals; nothing was changed then."""
        started, result = time.perf_counter(), "failed"
        try:
            incoming, person = read_claim(claim)
            result = await self._dispatch(claim, incoming, person)
        finally:
            UPDATES.labels(claim.row["kind"], result).inc()
            SECONDS.observe(time.perf_counter() - started)

    async def buried(self, connection: Connection, claim: Claim) -> None:
        """Tells the person, in the transaction that makes the update a dead letter."""
        DEAD_LETTERS.inc()
        chat_id = claim.row["chat_key"]
        language = await self.correspondents.language_of(connection, chat_id)
        text = i18n.text(language, "errors.unexpected", domain="bot", error=claim.key)
        await put(connection, Address(None, chat_id), [Outgoing("sendMessage", {"text": text})])

    async def _dispatch(self, claim: Claim, incoming: Incoming, person: TelegramPerson) -> str:
        if not incoming.is_member:
            await self._part(claim, person)
            return "done"
        try:
            principal = await self.correspondents.meet(person)
        except AppError as refusal:
            await self._turn_away(claim, incoming, refusal)
            return "refused"
        return await self._converse(claim, incoming, principal)

    async def _converse(self, claim: Claim, incoming: Incoming, principal: Principal) -> str:
        @asynccontextmanager
        async def settle(chat: Chat) -> AsyncIterator[Connection]:
            async with self.database.unit_of_work() as connection:
                yield connection
                await self._end(claim, chat, connection)
            self._settled(chat)

        chat = Chat(incoming, principal, self.memory, settle)
        result = "done"
        try:
            await self._answer(claim, chat)
        except AppError as refusal:
            if refusal.status >= 500:
                raise
            result = "refused"
            chat.take_back()
            _refuse(chat, refusal)
            await self._settle(claim, chat)
        if incoming.press is not None:
            self._answer_press(chat, incoming.press.id)
        return result

    async def _answer(self, claim: Claim, chat: Chat) -> None:
        state = await chat.dialogue.read() if chat.incoming.kind is Kind.MESSAGE else None
        if chat.command and state is not None:
            chat.dialogue.leave()
        handler = self.registry.find(chat.incoming, chat.command, chat.verb, state)
        if handler is None and chat.incoming.press is not None:
            chat.gone()
        if handler is None or not handler.is_slow:
            await self._settle(claim, chat, handler)
            return
        self.direct.start("sendChatAction", {"chat_id": chat.incoming.chat_id, "action": "typing"})
        await handler.handle(chat)
        if not chat.is_settled:
            await self._settle(claim, chat)

    async def _settle(self, claim: Claim, chat: Chat, handler: Handler | None = None) -> None:
        """The update's last transaction, with all that the handler does."""
        async with self.database.deferred_unit_of_work() as connection:
            if handler is not None:
                await handler.handle(chat)
            await self._end(claim, chat, connection)
        self._settled(chat)

    async def _end(self, claim: Claim, chat: Chat, connection: Connection) -> None:
        await chat.dialogue.save()
        await answer(connection, claim, Address(chat.user_id, chat.incoming.chat_id), chat.outgoing)

    def _settled(self, chat: Chat) -> None:
        chat.is_settled = True
        if chat.outgoing:
            self.wake_sender()

    async def _part(self, claim: Claim, person: TelegramPerson) -> None:
        async with self.database.unit_of_work() as connection:
            await complete(connection, claim)
            await self.correspondents.lost(connection, person.telegram_id)
            await outbox.skip(connection, claim.row["chat_key"])

    async def _turn_away(self, claim: Claim, incoming: Incoming, refusal: AppError) -> None:
        language = i18n.preferred_language(incoming.sender.language_code or "")
        message = Outgoing("sendMessage", {"text": i18n.text(language, refusal.message_key)})
        async with self.database.connection() as connection:
            await answer(connection, claim, Address(None, incoming.chat_id), [message])
        self.wake_sender()

    def _answer_press(self, chat: Chat, press_id: str) -> None:
        answer = chat.press_answer
        payload = {"callback_query_id": press_id, "text": answer.text[:ALERT_LENGTH], "show_alert": answer.is_alert}
        self.direct.start("answerCallbackQuery", payload)


def _refuse(chat: Chat, refusal: AppError) -> None:
    text = i18n.text(chat.language, refusal.message_key)
    if chat.incoming.press is not None:
        chat.answer(text, alert=True)
    else:
        chat.reply(html.escape(text, quote=False))
