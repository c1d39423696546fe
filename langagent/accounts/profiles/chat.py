"""The learner's languages in the chat."""

from dataclasses import dataclass
from typing import Any, Final

from langagent.accounts.languages import LANGUAGES, levels_path
from langagent.accounts.onboarding.chat import OnboardingChat
from langagent.accounts.profiles.models import ProfileAnswer
from langagent.accounts.profiles.service import Profiles
from langagent.core.chat.arguments import id_at
from langagent.core.chat.context import Chat
from langagent.core.chat.deep_links import DeepLink
from langagent.core.chat.keyboards import Keyboard, press
from langagent.core.chat.registry import Registry
from langagent.core.chat.screens import Screens
from langagent.core.errors import AppError, ErrorCode

_PLANS: Final = {"free": "plans.free", "basic": "plans.basic", "premium": "plans.premium"}


@dataclass(frozen=True, slots=True)
class ProfilesChat:
    profiles: Profiles
    onboarding: OnboardingChat
    screens: Screens

    def register(self, registry: Registry) -> None:
        guard = self.onboarding.guard
        registry.command("profile", guard(self.profile))
        registry.command("switch_profile", guard(self.choice))
        registry.press("profile.set", self.switch)

    async def profile(self, chat: Chat) -> None:
        profile = (await self._listed(chat))[0]
        levels = levels_path(profile.current_level, profile.target_level)
        lines = [
            f"{LANGUAGES[profile.language].flag} <b>{profile.language_name}</b>: {levels}",
            "",
            chat.say("profile.cards", count=profile.progress.cards_count),
            chat.say("profile.exercises", count=profile.progress.exercises_count),
            chat.say("profile.streak", count=profile.progress.streak),
            chat.say("profile.plan", plan=chat.say(_PLANS[chat.principal.plan])),
        ]
        edit = self.screens.button(chat.say("profile.edit"), DeepLink("profile"))
        chat.reply("\n".join(lines), [[edit]])

    async def choice(self, chat: Chat) -> None:
        chat.reply(*self._list(chat, await self._listed(chat)))

    async def switch(self, chat: Chat) -> None:
        try:
            profile = await self.profiles.activate(chat.principal, id_at(chat, 0))
        except AppError as refusal:
            if refusal.code is not ErrorCode.PROFILE_NOT_FOUND:
                raise
            chat.gone()
            return
        chat.answer(chat.say("profile.switched", language=profile.language_name))
        chat.edit(*self._list(chat, await self._listed(chat)))

    async def _listed(self, chat: Chat) -> list[ProfileAnswer]:
        profiles = await self.profiles.listed(chat.principal)
        if not profiles:
            raise AppError(ErrorCode.PROFILE_NOT_FOUND)
        return profiles

    def _list(self, chat: Chat, profiles: list[ProfileAnswer]) -> tuple[str, Keyboard]:
        rows = [[_button(profile)] for profile in profiles]
        more = self.screens.button(chat.say("profile.another"), DeepLink("profile"))
        return chat.say("profile.choose"), [*rows, [more]]


def _button(profile: ProfileAnswer) -> dict[str, Any]:
    mark = "✓ " if profile.is_active else ""
    name = f"{mark}{LANGUAGES[profile.language].flag} {profile.language_name} · {profile.current_level}"
    return press(name, "profile.set", profile.id.hex)
