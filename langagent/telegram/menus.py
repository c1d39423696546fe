"""The bot's menu button and command menus, as everybody sees them (PRODUCT 1.6)."""

import logging
from typing import Any, Final

from langagent.core import i18n
from langagent.core.chat.registry import Registry
from langagent.telegram.api import BotApi, TelegramError

COMMANDS: Final = {
    "start": "menu.start",
    "help": "menu.help",
    "app": "menu.app",
    "profile": "menu.profile",
    "cards": "menu.cards",
    "exercise": "menu.exercise",
    "stats": "menu.stats",
    "settings": "menu.settings",
    "login": "menu.login",
}
BUTTON: Final = "LangAgent"

logger = logging.getLogger(__name__)


class Menus:
    """Brings Telegram up to date, calling only what would change something."""

    def __init__(self, api: BotApi, registry: Registry, app_url: str) -> None:
        self._api = api
        self._registry = registry
        self._app_url = app_url

    async def update(self) -> None:
        """At the worker's start; it works without, so that a Telegram that is away does not stop it."""
        try:
            for language, scope in (("en", {}), *((each, {"language_code": each}) for each in i18n.LANGUAGES)):
                await self._ensure("MyCommands", scope, "commands", self._commands(language))
            await self._ensure("ChatMenuButton", {}, "menu_button", self._button())
        except TelegramError as error:
            logger.warning("menus not updated", extra={"event": "menus_not_updated", "error": str(error)})

    async def _ensure(self, what: str, scope: dict[str, str], field: str, wanted: Any) -> None:
        if await self._api.call(f"get{what}", scope) != wanted:
            await self._api.call(f"set{what}", scope | {field: wanted})

    def _commands(self, language: str) -> list[dict[str, str]]:
        return [
            {"command": command, "description": i18n.text(language, key, domain="bot")}
            for command, key in COMMANDS.items()
            if self._registry.knows(command)
        ]

    def _button(self) -> dict[str, Any]:
        return {"type": "web_app", "text": BUTTON, "web_app": {"url": self._app_url}}
