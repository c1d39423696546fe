"""Decks in the chat: look through them, choose one, make one."""

from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from langagent.accounts.onboarding.chat import OnboardingChat
from langagent.cards.decks.models import DeckAnswer, NewDeck
from langagent.cards.decks.service import Decks
from langagent.cards.words import unquoted
from langagent.core.chat.arguments import id_at, number_at
from langagent.core.chat.context import Chat
from langagent.core.chat.keyboards import Button, Keyboard, press
from langagent.core.chat.registry import Registry
from langagent.core.errors import AppError, ErrorCode

PAGE: Final = 5


@dataclass(frozen=True, slots=True)
class DecksChat:
    decks: Decks
    onboarding: OnboardingChat

    def register(self, registry: Registry) -> None:
        guard = self.onboarding.guard
        registry.command("decks", guard(self.list))
        registry.command("add_deck", guard(self.add))
        registry.press("deck.page", guard(self.turn))
        registry.press("deck.set", guard(self.choose))

    async def list(self, chat: Chat) -> None:
        chat.reply(*await self._page(chat, 0))

    async def turn(self, chat: Chat) -> None:
        chat.edit(*await self._page(chat, number_at(chat, 0)))

    async def choose(self, chat: Chat) -> None:
        try:
            deck = await self.decks.activate(chat.principal, id_at(chat, 0))
        except AppError as refusal:
            if refusal.code is not ErrorCode.DECK_NOT_FOUND:
                raise
            chat.gone()
            return
        chat.answer(chat.say("decks.chosen", name=deck.name))
        chat.edit(*await self._page(chat, 0))

    async def add(self, chat: Chat) -> None:
        try:
            wanted = NewDeck(name=unquoted(chat.argument))
        except ValidationError:
            chat.reply(chat.say("decks.add.usage"))
            return
        try:
            deck = await self.decks.create(chat.principal, wanted)
        except AppError as refusal:
            if refusal.code is not ErrorCode.CONFLICT:
                raise
            chat.reply(chat.say("decks.add.name_is_used", name=wanted.name))
            return
        keyboard = [[press(chat.say("decks.add.choose"), "deck.set", deck.id.hex)]]
        chat.reply(chat.say("decks.added", name=deck.name), keyboard)

    async def _page(self, chat: Chat, number: int) -> tuple[str, Keyboard]:
        decks = await self.decks.listed(chat.principal, None, "all")
        last = (len(decks) - 1) // PAGE
        number = min(number, last)
        shown = decks[number * PAGE : (number + 1) * PAGE]
        lines = [chat.say("decks.title"), "", *(_line(chat, deck) for deck in shown)]
        return "\n".join(lines), [*([_button(deck)] for deck in shown), *_turns(number, last)]


def _line(chat: Chat, deck: DeckAnswer) -> str:
    cards = chat.say_many("decks.cards", deck.cards_count)
    line = chat.say("decks.line", name=deck.name, cards=cards)
    if deck.due_cards_count:
        line += chat.say_many("decks.due", deck.due_cards_count)
    return f"✓ {line}" if deck.is_active else line


def _button(deck: DeckAnswer) -> Button:
    return press(f"✓ {deck.name}" if deck.is_active else deck.name, "deck.set", deck.id.hex)


def _turns(number: int, last: int) -> list[list[Button]]:
    back = [press("←", "deck.page", number - 1)] if number > 0 else []
    forward = [press("→", "deck.page", number + 1)] if number < last else []
    return [back + forward] if back or forward else []
