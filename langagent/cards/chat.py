"""What is written outside any dialogue: words to be captured, and what only the tutor could answer."""

from dataclasses import dataclass
from typing import Final

from langagent.accounts.onboarding.chat import OnboardingChat
from langagent.accounts.profiles.service import Profiles
from langagent.cards.creation.chat import CreationChat
from langagent.cards.words import requested_words
from langagent.core.chat.context import Chat
from langagent.core.chat.deep_links import DeepLink
from langagent.core.chat.keyboards import press
from langagent.core.chat.registry import Registry
from langagent.core.chat.screens import Screens
from langagent.core.floor import Floor

_FOR_THE_TUTOR: Final = ("photo", "voice")
# What a person sends and the bot makes nothing of; other types are Telegram's own notes.
_UNSUPPORTED: Final = (
    "animation", "audio", "contact", "dice", "document", "location", "poll", "sticker", "story", "venue", "video",
    "video_note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaptureChat:
    """Without a model the bot says so, and offers practice."""

    floor: Floor
    profiles: Profiles
    creation: CreationChat
    onboarding: OnboardingChat
    screens: Screens

    def register(self, registry: Registry) -> None:
        self.onboarding.resume_with(self.resume)
        registry.content("text", self.creation.guard(self.text), slow=True)
        for kind in _FOR_THE_TUTOR:
            registry.content(kind, self.onboarding.guard(self.media))
        for kind in _UNSUPPORTED:
            registry.content(kind, self.unsupported)

    async def text(self, chat: Chat) -> None:
        await self._demand_profile(chat)
        words = requested_words(chat.text)
        if words:
            await self.creation.make(chat, words)
        else:
            self._decline(chat, "tutor.offline")

    async def media(self, chat: Chat) -> None:
        await self._demand_profile(chat)
        self._decline(chat, "tutor.offline_media")

    async def unsupported(self, chat: Chat) -> None:
        chat.reply(chat.say("errors.unsupported_message"))

    async def resume(self, chat: Chat, said: str) -> None:
        """Answers what was written before there was a profile."""
        words = requested_words(said)
        if words:
            add = press(chat.say("cards.add.kept_button"), "card.add", await chat.keep(words))
            chat.reply(chat.say("cards.add.kept", words=", ".join(words)), [[add]])
        else:
            self._decline(chat, "tutor.offline")

    async def _demand_profile(self, chat: Chat) -> None:
        async with self.floor.database.connection() as connection:
            await self.profiles.active(connection, chat.user_id)

    def _decline(self, chat: Chat, text: str) -> None:
        app = self.screens.button(chat.say("app.open"), DeepLink("home"))
        chat.reply(chat.say(text), [[press(chat.say("practice.start"), "practice")], [app]])
