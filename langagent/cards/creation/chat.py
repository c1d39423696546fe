"""Cards made in the chat: from words, and with the learner's translation where nothing is known of a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter, ValidationError

from langagent.accounts.onboarding.chat import OnboardingChat
from langagent.cards.chat_texts import card_text
from langagent.cards.creation.models import Batch, Bench, Item, NewCard
from langagent.cards.creation.service import Creation
from langagent.cards.fields import WORD_MAX, Word
from langagent.cards.service import Cards
from langagent.cards.words import words_of
from langagent.core.chat.arguments import id_at, word_at
from langagent.core.chat.context import Chat
from langagent.core.chat.deep_links import DeepLink
from langagent.core.chat.keyboards import press
from langagent.core.chat.registry import Handle, Registry
from langagent.core.chat.screens import Screens
from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode

STATE: Final = "card.translation"
_WORDS: Final = TypeAdapter(tuple[Word, ...])


@dataclass(frozen=True, slots=True)
class CreationChat:
    creation: Creation
    cards: Cards
    onboarding: OnboardingChat
    screens: Screens

    def register(self, registry: Registry) -> None:
        registry.command("add_card", self.guard(self.add), slow=True)
        registry.press("card.add", self.guard(self.add_kept), slow=True)
        registry.state(STATE, self.guard(self.translate), slow=True)
        registry.press("card.skip", self.skip)
        registry.press("card.del", self.delete)

    async def add(self, chat: Chat) -> None:
        words = words_of(chat.argument)
        if words:
            await self.make(chat, words)
        else:
            chat.reply(chat.say("cards.add.usage"))

    async def add_kept(self, chat: Chat) -> None:
        words = await chat.kept(word_at(chat, 0))
        if words is None:
            chat.gone()
            return
        chat.edit_keyboard()
        await self.make(chat, words)

    async def make(self, chat: Chat, words: Sequence[str]) -> None:
        """Makes cards of the words, and asks for the translations of those that nothing is known of.

        Raises: AppError PROFILE_NOT_FOUND, LIMIT_REACHED, TOO_MANY_WORDS.
        """
        self.creation.demand_few(chat.principal, words)
        try:
            checked = _WORDS.validate_python(tuple(words))
        except ValidationError:
            chat.reply(chat.say("cards.add.bad_word", max=WORD_MAX))
            return
        bench = await self.creation.prepare(chat.principal, None)
        found = await self.creation.look_up(bench, checked)
        async with chat.settle() as connection:
            await self._tell(chat, connection, await self.creation.store(bench, found))

    async def translate(self, chat: Chat) -> None:
        word, *others = await _asked(chat)
        try:
            card = NewCard(word=word, translation=chat.text)
        except ValidationError:
            chat.reply(chat.say("cards.translation.bad", word=word))
            return
        bench: Bench = await self.creation.prepare(chat.principal, None)
        lemmas = await self.creation.lemmas(bench, [word])
        async with chat.settle() as connection:
            await self._tell(chat, connection, await self.creation.store_written(bench, [card], lemmas))
            _ask(chat, others)

    async def skip(self, chat: Chat) -> None:
        words = await _asked(chat)
        if not words:
            chat.gone()
            return
        chat.edit(chat.say("cards.translation.skipped", word=words[0]), [])
        _ask(chat, words[1:])

    async def delete(self, chat: Chat) -> None:
        card_id = id_at(chat, 0)
        try:
            card = await self.cards.detail(chat.principal, card_id)
            await self.cards.delete(chat.principal, card_id)
        except AppError as refusal:
            if refusal.code is not ErrorCode.CARD_NOT_FOUND:
                raise
            chat.gone()
            return
        chat.edit(chat.say("cards.deleted", word=card.word), [])

    def guard(self, handle: Handle) -> Handle:
        """The handler, whose refusals for want of room or of a profile are answered with what to do."""

        async def guarded(chat: Chat) -> None:
            try:
                await handle(chat)
            except AppError as refusal:
                if refusal.code is not ErrorCode.LIMIT_REACHED:
                    raise
                chat.take_back()
                self._tell_limit(chat, refusal)

        return self.onboarding.guard(guarded)

    def _tell_limit(self, chat: Chat, refusal: AppError) -> None:
        details = refusal.details or {}
        upgrade = self.screens.button(chat.say("premium.open"), DeepLink("premium"))
        text = chat.say("limit.cards", used=details["current"], max=details["max"])
        chat.reply(text, [[upgrade]] if refusal.status == 402 else None)

    async def _tell(self, chat: Chat, connection: Connection, batch: Batch) -> None:
        for item in batch.items:
            await self._tell_one(chat, connection, item)
        if batch.limit_warning is not None:
            chat.reply(chat.say("limit.cards_near", used=batch.limit_warning.used, max=batch.limit_warning.max))
        _ask(chat, [item.word for item in batch.items if item.reason == "tutor_unavailable"])

    async def _tell_one(self, chat: Chat, connection: Connection, item: Item) -> None:
        if item.card is not None:
            text = chat.say("cards.created") + "\n\n" + card_text(item.card)
            chat.reply(text, [[press(chat.say("cards.delete"), "card.del", item.card.id.hex)]])
        elif item.card_id is not None:
            known = await self.cards.read(connection, chat.user_id, item.card_id)
            chat.reply(chat.say("cards.duplicate", word=known.word, translation=known.translation))


def _ask(chat: Chat, words: Sequence[str]) -> None:
    """Asks for the translation of the first word; the others wait."""
    if not words:
        chat.dialogue.leave()
        return
    chat.dialogue.enter(STATE, words=list(words))
    keyboard = [[press(chat.say("press.skip"), "card.skip"), press(chat.say("press.cancel"), "cancel")]]
    chat.reply(chat.say("cards.translation.ask", word=words[0]), keyboard)


async def _asked(chat: Chat) -> list[str]:
    """The words whose translations are awaited."""
    state = await chat.dialogue.read()
    return list(state.data["words"]) if state is not None and state.name == STATE else []
