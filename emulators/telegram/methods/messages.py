"""Sending, editing and deleting messages."""

from typing import Any

from emulators.telegram.errors import bad_request
from emulators.telegram.models import Chat, Message
from emulators.telegram.params import Params
from emulators.telegram.rules.keyboards import checked_markup
from emulators.telegram.rules.text import formatted
from emulators.telegram.world import World

_MAX_TEXT = 4096
_MAX_CAPTION = 1024
_ACTIONS = frozenset(
    {"typing", "choose_sticker", "find_location"}
    | {
        f"{does}_{what}"
        for does in ("record", "upload")
        for what in ("photo", "video", "voice", "audio", "document", "video_note")
    }
) - {"record_photo", "record_document"}
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


async def send_message(world: World, params: Params) -> dict[str, Any]:
    """Send a text."""
    chat = world.open_chat(params)
    content = formatted(params, "text", _MAX_TEXT, "message is too long")
    if not content:
        raise bad_request("message text is empty")
    return send(world, chat, params, content)


def send(world: World, chat: Chat, params: Params, content: dict[str, Any]) -> dict[str, Any]:
    """Put the bot's message into the chat, with what every kind of message may carry."""
    markup = checked_markup(params.json("reply_markup"))
    message = world.post(chat, world.bot, content, reply_markup=markup, reply_to=_replied(chat, params))
    if markup and "inline_keyboard" not in markup:
        chat.reply_keyboard = markup if "keyboard" in markup else None
        world.events.send("reply_keyboard", chat.person.id, reply_keyboard=chat.reply_keyboard)
    return message.json()


def caption(params: Params) -> dict[str, Any]:
    """Return the caption of a file."""
    return formatted(params, "caption", _MAX_CAPTION, "message caption is too long")


async def edit_message_text(world: World, params: Params) -> dict[str, Any]:
    """Replace a text; its keyboard goes unless it is given again."""
    message = _own_message(world, params)
    content = formatted(params, "text", _MAX_TEXT, "MESSAGE_TOO_LONG")
    if not content:
        raise bad_request("message text is empty")
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _change(world, message, content, params)


async def edit_message_caption(world: World, params: Params) -> dict[str, Any]:
    """Replace the caption of a file."""
    message = _own_message(world, params)
    if "text" in message.content:
        raise bad_request("there is no caption in the message to edit")
    kept = {name: value for name, value in message.content.items() if not name.startswith("caption")}
    return _change(world, message, kept | caption(params), params)


async def edit_message_reply_markup(world: World, params: Params) -> dict[str, Any]:
    """Replace the keyboard under a message, or take it away."""
    message = _own_message(world, params)
    return _change(world, message, message.content, params)


async def delete_message(world: World, params: Params) -> bool:
    """Delete a message of either side, while it is younger than 48 hours."""
    chat = world.chat(params)
    message = _message(chat, params, "delete")
    if world.clock.now() - message.date > 48 * 3600:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message.message_id]
    world.events.send("deleted", chat.person.id, message_id=message.message_id)
    return True


async def send_chat_action(world: World, params: Params) -> bool:
    """Show that the bot is busy."""
    chat = world.open_chat(params)
    action = params.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.events.send("action", chat.person.id, action=action)
    return True


def _change(world: World, message: Message, content: dict[str, Any], params: Params) -> dict[str, Any]:
    markup = checked_markup(params.json("reply_markup"))
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    if (content, markup or {}) == (message.content, message.reply_markup or {}):
        raise bad_request(_NOT_MODIFIED)
    message.content, message.reply_markup = content, markup
    message.edit_date = int(world.clock.now())
    world.events.send("message", message.person.id, message=message.json())
    return message.json()


def _own_message(world: World, params: Params) -> Message:
    message = _message(world.open_chat(params), params, "edit")
    if message.sender != world.bot:
        raise bad_request("message can't be edited")
    return message


def _message(chat: Chat, params: Params, purpose: str) -> Message:
    if not params.text("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(params.integer("message_id", 0))
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    return message


def _replied(chat: Chat, params: Params) -> Message | None:
    reply = params.object("reply_parameters")
    wanted = reply.get("message_id") or params.integer("reply_to_message_id", 0)
    message = chat.messages.get(wanted) if isinstance(wanted, int) else None
    if (
        wanted
        and message is None
        and not (reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"))
    ):
        raise bad_request("message to be replied not found")
    return message
