"""A row of the inbox as an update; Telegram's types are parsed by pyTelegramBotAPI."""

from collections.abc import Callable
from typing import Any, Final

import orjson
from telebot import types

from langagent.accounts.sign_in.telegram import person_of
from langagent.accounts.users.models import TelegramPerson
from langagent.core.chat.models import Incoming, Kind
from langagent.core.queue.models import Claim

_user: Callable[[Any], types.User] = types.User.de_json
_message: Callable[[Any], types.Message] = types.Message.de_json
_press: Callable[[Any], types.CallbackQuery] = types.CallbackQuery.de_json
_MEMBERS: Final = ("member", "administrator", "creator")


def read_claim(claim: Claim) -> tuple[Incoming, TelegramPerson]:
    """The update in the claimed row, and who it is from."""
    payload = orjson.loads(claim.row["payload"])
    person = person_of(payload["from"])
    return _incoming(claim.key, claim.row["chat_key"], Kind(claim.row["kind"]), payload), person


def _incoming(update_id: int, chat_id: int, kind: Kind, payload: dict[str, Any]) -> Incoming:
    sender = _user(payload["from"])
    if kind is Kind.MEMBERSHIP:
        is_member = payload["new_chat_member"]["status"] in _MEMBERS
        return Incoming(update_id, chat_id, kind, sender, is_member=is_member)
    if kind is Kind.PRESS:
        return Incoming(update_id, chat_id, kind, sender, press=_press(payload))
    return Incoming(update_id, chat_id, kind, sender, message=_message(payload))
