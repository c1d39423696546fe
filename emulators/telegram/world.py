"""Everything the emulator knows: one bot, its people, their chats."""

import itertools
from typing import Any

from emulators.telegram.calls import Calls
from emulators.telegram.clock import Clock
from emulators.telegram.errors import bad_request, forbidden
from emulators.telegram.faults import Faults
from emulators.telegram.files import Files
from emulators.telegram.flood import FloodControl, FloodRule
from emulators.telegram.models import Chat, Message, Person, Query
from emulators.telegram.params import Params
from emulators.telegram.rules.keyboards import checked_menu_button
from emulators.telegram.signals import Broadcast
from emulators.telegram.updates import Updates
from emulators.telegram.webhook import Delivery, Webhook


class World:
    """The state behind both doors: the bot's API and what people do."""

    def __init__(self, token: str, username: str, clock: Clock, flood: FloodRule) -> None:
        self.token = token
        self.clock = clock
        self.bot = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "LangAgent", "username": username}
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.updates = Updates(clock)
        self.webhook = Webhook(url="")
        self.delivery: Delivery | None = None
        self.poll_turn = 0
        self.closing = False
        self.queries: dict[str, Query] = {}
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.menu_button = checked_menu_button(None)
        self.events = Broadcast()
        self.calls = Calls()
        self.faults = Faults()
        self.flood = FloodControl(clock, flood)
        self._message_ids = itertools.count(1)
        self._query_ids = itertools.count(4_300_000_000_000_001)

    def add_person(self, person: Person) -> Chat:
        """Let a person exist; they have not started the bot yet."""
        chat = self.chats[person.id] = Chat(person)
        self.events.send("person", person.id)
        return chat

    def chat(self, params: Params) -> Chat:
        """Return the chat that a call names.

        Raises:
            ApiError: no such chat.
        """
        if not params.text("chat_id"):
            raise bad_request("chat_id is empty")
        chat = self.chats.get(params.integer("chat_id", 0))
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def open_chat(self, params: Params) -> Chat:
        """Return the chat that a call names, when the bot may write there.

        Raises:
            ApiError: no such chat, or its person has not started the bot, or has blocked it.
        """
        chat = self.chat(params)
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def post(
        self,
        chat: Chat,
        sender: dict[str, Any],
        content: dict[str, Any],
        *,
        reply_markup: dict[str, Any] | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Put a message into a chat and show it to who looks on."""
        message = Message(
            next(self._message_ids),
            sender,
            chat.person,
            int(self.clock.now()),
            content,
            reply_markup,
            reply_to,
        )
        chat.messages[message.message_id] = message
        self.events.send("message", chat.person.id, message=message.json())
        return message

    def ask(self, chat: Chat, seconds: float, details: dict[str, Any]) -> Query:
        """Make a query that the bot must answer within so many seconds."""
        query = Query(str(next(self._query_ids)), chat, self.clock.now() + seconds, details)
        self.queries[query.id] = query
        return query

    def open_query(self, query_id: str) -> Query:
        """Return a query that may still be answered.

        Raises:
            ApiError: it is unknown or too old.
        """
        query = self.queries.get(query_id)
        if query is None or query.expires < self.clock.now():
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return query

    def close_streams(self) -> None:
        """End what waits for news: open polls and event streams."""
        self.closing = True
        self.updates.changed.notify()
        self.events.close()

    async def start_delivery(self) -> None:
        """Send updates to the webhook from now on, or to no one when none is set."""
        await self.stop_delivery()
        if self.webhook.url:
            self.delivery = Delivery(self.webhook, self.updates, self.clock)
            self.updates.on_added = self.delivery.add
            self.delivery.start()

    async def stop_delivery(self) -> None:
        """Stop sending; what was not taken stays pending."""
        self.updates.on_added = None
        if self.delivery:
            await self.delivery.stop()
            self.delivery = None
