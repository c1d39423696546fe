"""Which updates are ours, and whose they are; pure."""

from dataclasses import dataclass
from typing import Any, Final

import orjson

KINDS: Final = ("message", "callback_query", "my_chat_member")
_BIGINT: Final = range(-(2**63), 2**63)


class MalformedError(ValueError):
    """Nothing that Telegram sends."""


@dataclass(frozen=True, slots=True)
class Update:
    """An update to be stored.

    Attributes:
        chat_key: updates of one key are handled strictly in order.
        payload: JSON of the message, the button press or the change of membership.
    """

    update_id: int
    chat_key: int
    kind: str
    payload: str


def read_update(body: bytes) -> Update | None:
    """The update in a request's body, or None when it is none of those that we handle: only private chats count.

    Raises: MalformedError.
    """
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise MalformedError("the body is not JSON, or too deep") from None
    return sort_out(content)


def sort_out(content: Any) -> Update | None:
    """Like `read_update`, of parsed JSON."""
    if not isinstance(content, dict) or not _is_bigint(content.get("update_id")):
        raise MalformedError("the body is no update")
    for kind in KINDS:
        payload = content.get(kind)
        if isinstance(payload, dict):
            chat_id = _private_chat(payload if kind != "callback_query" else payload.get("message"))
            if chat_id is None or not _is_person(payload.get("from")):
                return None
            return Update(content["update_id"], chat_id, kind, _as_json(payload))
    return None


def _as_json(payload: dict[str, Any]) -> str:
    try:
        return orjson.dumps(payload).decode()
    except orjson.JSONEncodeError:
        raise MalformedError("the body is too deep") from None


def _private_chat(holder: Any) -> int | None:
    chat = holder.get("chat") if isinstance(holder, dict) else None
    if not isinstance(chat, dict) or chat.get("type") != "private" or not _is_bigint(chat.get("id")):
        return None
    chat_id: int = chat["id"]
    return chat_id


def _is_person(sender: Any) -> bool:
    return isinstance(sender, dict) and _is_bigint(sender.get("id")) and not sender.get("is_bot")


def _is_bigint(value: Any) -> bool:
    return type(value) is int and value in _BIGINT
