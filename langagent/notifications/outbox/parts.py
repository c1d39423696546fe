"""Messages that are too long for one are sent as several; pure."""

from typing import Final

from langagent.core.chat.models import Outgoing
from langagent.core.chat.splitting import LIMIT, split, units

_SPLIT: Final = ("sendMessage", "editMessageText")
_OF_THE_EDITED: Final = "message_id"
_KEYBOARD: Final = "reply_markup"


def in_parts(message: Outgoing) -> list[Outgoing]:
    """The message, or its parts: an edited one is followed by new ones, the keyboard stays below the last.

    A text whose tags alone make it long stays whole.
    """
    payload = message.payload
    text = payload.get("text", "")
    if message.method not in _SPLIT or len(text) <= LIMIT // 2 or units(text) <= LIMIT:
        return [message]
    texts = split(text, is_html=payload.get("parse_mode") == "HTML")
    if len(texts) < 2:
        return [message]
    first = payload | {"text": texts[0]}
    first.pop(_KEYBOARD, None)
    shared = {name: value for name, value in payload.items() if name not in (_OF_THE_EDITED, _KEYBOARD)}
    later = [shared | {"text": each} for each in texts[1:]]
    if _KEYBOARD in payload:
        later[-1][_KEYBOARD] = payload[_KEYBOARD]
    return [Outgoing(message.method, first), *(Outgoing("sendMessage", each) for each in later)]
