"""Coming in, signing in elsewhere, and what everybody may ask the bot for."""

from dataclasses import dataclass
from typing import Final

from langagent.accounts.languages import LANGUAGES, levels_path
from langagent.accounts.legal import DOCUMENTS, legal_text
from langagent.accounts.onboarding.chat import OnboardingChat
from langagent.accounts.onboarding.models import Kept
from langagent.accounts.profiles.models import ProfileAnswer
from langagent.accounts.profiles.service import Profiles
from langagent.accounts.sign_in.one_time import LIFE, SignInCodes
from langagent.core.chat.context import Chat
from langagent.core.chat.deep_links import DeepLink, read_link
from langagent.core.chat.keyboards import link, press
from langagent.core.chat.markdown import as_html
from langagent.core.chat.registry import OTHERWISE, Registry
from langagent.core.chat.screens import Screens
from langagent.core.floor import Floor

_PRIVACY, _TERMS = DOCUMENTS
_HOME: Final = DeepLink("home")
_SETTINGS: Final = DeepLink("settings")
_LOGIN: Final = DeepLink("login")


@dataclass(frozen=True, slots=True)
class AccountsChat:
    floor: Floor
    profiles: Profiles
    codes: SignInCodes
    onboarding: OnboardingChat
    screens: Screens

    def register(self, registry: Registry) -> None:
        registry.command("start", self.start)
        registry.command("login", self.login)
        registry.command("help", self.help)
        registry.command("app", self.app)
        registry.command("settings", self.settings)
        registry.command("export", self.export)
        registry.command("delete_account", self.delete_account)
        registry.command("terms", self.terms)
        registry.command("privacy", self.privacy)
        registry.command("cancel", self.cancel)
        registry.command(OTHERWISE, self.unknown)
        registry.press("cancel", self.cancel_pressed)
        registry.press("help", self.help)

    async def start(self, chat: Chat) -> None:
        opened = read_link(chat.argument)
        if opened == _LOGIN:
            await self.login(chat)
            return
        profiles = await self.profiles.listed(chat.principal)
        if not profiles:
            origin = opened.payload if opened and opened != _HOME else ""
            await self.onboarding.greet(chat, Kept(origin=origin))
        elif opened is not None and opened != _HOME:
            chat.reply(chat.say("start.opened"), [[self.screens.button(chat.say("app.open"), opened)]])
        else:
            self._welcome_back(chat, profiles[0])

    async def login(self, chat: Chat) -> None:
        async with self.floor.database.connection() as connection:
            issued = await self.codes.issue(connection, chat.user_id)
        url = f"{self.floor.settings.app_url.rstrip('/')}/auth/link#token={issued.token}"
        minutes = int(LIFE.total_seconds()) // 60
        text = chat.say_many("login.code", minutes, code=f"{issued.code[:4]}-{issued.code[4:]}")
        chat.reply(text, [[link(chat.say("login.open"), url)]])

    async def help(self, chat: Chat) -> None:
        chat.reply(chat.say("help.overview"), [[self.screens.button(chat.say("app.open"), _HOME)]])

    async def app(self, chat: Chat) -> None:
        chat.reply(chat.say("app.offer"), [[self.screens.button(chat.say("app.open"), _HOME)]])

    async def settings(self, chat: Chat) -> None:
        self._send_to_settings(chat, "settings.where")

    async def export(self, chat: Chat) -> None:
        self._send_to_settings(chat, "export.where")

    async def delete_account(self, chat: Chat) -> None:
        self._send_to_settings(chat, "delete_account.where")

    async def terms(self, chat: Chat) -> None:
        chat.reply(as_html(legal_text(_TERMS, chat.language).content))

    async def privacy(self, chat: Chat) -> None:
        chat.reply(as_html(legal_text(_PRIVACY, chat.language).content))

    async def cancel(self, chat: Chat) -> None:
        # The dispatcher leaves the state at every command.
        chat.reply(chat.say("cancel.done") if chat.dialogue.is_changed else chat.say("cancel.nothing"))

    async def cancel_pressed(self, chat: Chat) -> None:
        chat.dialogue.leave()
        chat.edit(chat.say("cancel.done"), [])

    async def unknown(self, chat: Chat) -> None:
        chat.reply(chat.say("errors.unknown_command"))

    def _welcome_back(self, chat: Chat, profile: ProfileAnswer) -> None:
        path = levels_path(profile.current_level, profile.target_level)
        lines = [
            chat.say("start.back", name=chat.incoming.sender.first_name),
            "",
            f"{LANGUAGES[profile.language].flag} {profile.language_name}: {path}",
        ]
        if profile.progress.streak:
            lines.append(chat.say_many("start.streak", profile.progress.streak))
        stats = self.screens.button(chat.say("stats.open"), DeepLink("stats"))
        keyboard = [
            [press(chat.say("practice.start"), "practice")],
            [stats, self.screens.button(chat.say("app.open"), _HOME)],
        ]
        chat.reply("\n".join(lines), keyboard)

    def _send_to_settings(self, chat: Chat, text: str) -> None:
        chat.reply(chat.say(text), [[self.screens.button(chat.say("settings.open"), _SETTINGS)]])
