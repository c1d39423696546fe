"""Every method by its name in Telegram's spelling."""

from collections.abc import Awaitable, Callable
from typing import Any

from emulators.telegram.methods import bot, files, messages, queries, updates
from emulators.telegram.params import Params
from emulators.telegram.world import World

Method = Callable[[World, Params], Awaitable[Any]]

_set_description, _get_description = bot.text_methods("description", 512)
_set_short_description, _get_short_description = bot.text_methods("short_description", 120)
_set_name, _get_name = bot.text_methods("name", 64)

METHODS: dict[str, Method] = {
    "getMe": bot.get_me,
    "getUpdates": updates.get_updates,
    "setWebhook": updates.set_webhook,
    "deleteWebhook": updates.delete_webhook,
    "getWebhookInfo": updates.get_webhook_info,
    "sendMessage": messages.send_message,
    "sendPhoto": files.send_photo,
    "sendDocument": files.send_document,
    "sendVoice": files.send_voice,
    "sendChatAction": messages.send_chat_action,
    "editMessageText": messages.edit_message_text,
    "editMessageCaption": messages.edit_message_caption,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "deleteMessage": messages.delete_message,
    "getFile": files.get_file,
    "answerCallbackQuery": queries.answer_callback_query,
    "answerPreCheckoutQuery": queries.answer_pre_checkout_query,
    "setMyCommands": bot.set_my_commands,
    "getMyCommands": bot.get_my_commands,
    "deleteMyCommands": bot.delete_my_commands,
    "setChatMenuButton": bot.set_chat_menu_button,
    "getChatMenuButton": bot.get_chat_menu_button,
    "setMyName": _set_name,
    "getMyName": _get_name,
    "setMyDescription": _set_description,
    "getMyDescription": _get_description,
    "setMyShortDescription": _set_short_description,
    "getMyShortDescription": _get_short_description,
}
NAMES = {name.lower(): name for name in METHODS}
PACED = frozenset(name for name in METHODS if name.startswith(("send", "edit"))) - {"sendChatAction"}
