"""The bot's menus, as the worker's start leaves them."""

from emulators.telegram.emulator import TelegramEmulator
from emulators.telegram.faults import Fault
from langagent.core.chat.context import Chat
from langagent.core.chat.registry import Registry
from langagent.settings import Secret, Settings
from langagent.telegram.api import BotApi
from langagent.telegram.menus import Menus


async def nothing(_chat: Chat) -> None:
    """Never called."""


async def update(settings: Settings) -> None:
    registry = Registry()
    for command in ("login", "start", "unlisted"):
        registry.command(command, nothing)
    api = BotApi(settings.telegram_api_url, Secret("123456:TEST-TOKEN"))
    await Menus(api, registry, settings.app_url).update()
    await api.close()


async def test_menus_are_set_once_in_both_languages(emulator: TelegramEmulator, settings: Settings) -> None:
    await update(settings)
    assert {
        language: [each["command"] for each in menu] for (_, language), menu in emulator.world.commands.items()
    } == {
        "": ["start", "login"],
        "ru": ["start", "login"],
        "en": ["start", "login"],
    }
    assert emulator.world.commands["default", "ru"][0]["description"] == "Начать"
    assert emulator.world.menu_button["web_app"]["url"] == settings.app_url
    emulator.world.calls.clear()
    await update(settings)
    assert not [call.method for call in emulator.world.calls.made if call.method.startswith("set")]


async def test_a_telegram_that_is_away_stops_nothing(emulator: TelegramEmulator, settings: Settings) -> None:
    emulator.world.faults.add(Fault("error", times=None))
    await update(settings)
    assert not emulator.world.commands
