"""The bot itself: who it is, its commands, its menu button, its texts."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from emulators.telegram.errors import bad_request
from emulators.telegram.params import Params
from emulators.telegram.rules.keyboards import checked_menu_button
from emulators.telegram.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_MAX_COMMANDS = 100
_MAX_DESCRIPTION = 256
_LANGUAGE = re.compile(r"([a-z]{2})?")
_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat")


async def get_me(world: World, _: Params) -> dict[str, Any]:
    """Return the bot."""
    return world.bot | {
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def set_my_commands(world: World, params: Params) -> bool:
    """Set the command menu of a scope and a language."""
    key = _scope(world, params)
    given = params.json("commands")
    if not isinstance(given, list):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    if len(given) > _MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.commands[key] = [_command(entry) for entry in given]
    world.events.send("commands")
    return True


async def get_my_commands(world: World, params: Params) -> list[dict[str, str]]:
    """Return the command menu of exactly this scope and language."""
    return world.commands.get(_scope(world, params), [])


async def delete_my_commands(world: World, params: Params) -> bool:
    """Drop the command menu of a scope and a language."""
    world.commands.pop(_scope(world, params), None)
    world.events.send("commands")
    return True


def shown_commands(world: World, chat_id: int, language: str) -> list[dict[str, str]]:
    """Return the menu that a person sees: the narrowest scope first, in their language before none."""
    for scope in (f"chat:{chat_id}", "all_private_chats", "default"):
        for spoken in (language, ""):
            if commands := world.commands.get((scope, spoken)):
                return commands
    return []


async def set_chat_menu_button(world: World, params: Params) -> bool:
    """Set the button beside the text field, of one chat or of all."""
    button = checked_menu_button(params.json("menu_button"))
    if params.text("chat_id"):
        world.chat(params).menu_button = button
    else:
        world.menu_button = button
    world.events.send("menu")
    return True


async def get_chat_menu_button(world: World, params: Params) -> dict[str, Any]:
    """Return the button of one chat or of all."""
    own = world.chat(params).menu_button if params.text("chat_id") else world.menu_button
    return world.menu_button if own["type"] == "default" else own


def text_methods(
    name: str, limit: int
) -> tuple[Callable[[World, Params], Awaitable[bool]], Callable[[World, Params], Awaitable[dict[str, str]]]]:
    """Return the setter and the getter of one of the bot's texts, such as its `description`."""

    async def set_text(world: World, params: Params) -> bool:
        text = params.text(name)
        if len(text) > limit:
            raise bad_request(f"BOT_{name.upper()}_INVALID")
        world.texts[name, _language(params)] = text
        return True

    async def get_text(world: World, params: Params) -> dict[str, str]:
        return {name: world.texts.get((name, _language(params)), "")}

    return set_text, get_text


def _command(entry: Any) -> dict[str, str]:
    name = str(entry.get("command", "")).removeprefix("/") if isinstance(entry, dict) else ""
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    description = entry.get("description")
    if not isinstance(description, str) or not 1 <= len(description.strip()) <= _MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description.strip()}


def _scope(world: World, params: Params) -> tuple[str, str]:
    scope = params.object("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if kind == "chat":
        kind = f"chat:{world.chat(Params({'chat_id': json.dumps(scope.get('chat_id', ''))})).person.id}"
    return kind, _language(params)


def _language(params: Params) -> str:
    language = params.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language
