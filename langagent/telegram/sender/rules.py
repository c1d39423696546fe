"""What becomes of a message when Telegram does not take it; pure."""

import html
import re
from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Any, Final

from langagent.core.queue.models import Policy
from langagent.telegram.api import RefusedError

TRIES: Final = 8
LONGEST_PAUSE_S: Final = 300
SENDING: Final = Policy(
    retries=tuple(timedelta(seconds=min(2**failure, LONGEST_PAUSE_S)) for failure in range(TRIES - 1))
)
FLOODED_CHATS: Final = 3
FLOODED_WITHIN_S: Final = 1.0

_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_UNREACHABLE: Final = ("blocked", "deactivated", "can't initiate conversation", "chat not found")
_MEANS_NOTHING: Final = "message is not modified"
_MARKUP: Final = "can't parse entities"


class Verdict(Enum):
    """What to do with a refused message."""

    DONE = auto()
    PLAIN = auto()
    UNREACHABLE = auto()
    FAILED = auto()
    RETRY = auto()


def verdict(error: RefusedError) -> Verdict:
    """A wrong token or an unknown method is our mistake: the message waits until it is mended."""
    if error.code not in (400, 403):
        return Verdict.RETRY
    description = error.description.lower()
    if any(reason in description for reason in _UNREACHABLE):
        return Verdict.UNREACHABLE
    if _MEANS_NOTHING in description:
        return Verdict.DONE
    return Verdict.PLAIN if _MARKUP in description else Verdict.FAILED


def plain(payload: dict[str, Any]) -> dict[str, Any]:
    """The payload without formatting."""
    text = html.unescape(_TAG.sub("", payload["text"]))
    return {name: value for name, value in payload.items() if name != "parse_mode"} | {"text": text}


@dataclass(frozen=True, slots=True)
class _Flood:
    chat_id: int
    at: float


class FloodWatch:
    """Telegram does not say whether a 429 means one chat or the whole bot: several chats at once mean the bot."""

    def __init__(self) -> None:
        self._seen: deque[_Flood] = deque(maxlen=100)

    def is_global(self, chat_id: int, now: float) -> bool:
        """Notes a 429; ``now`` in seconds."""
        self._seen.append(_Flood(chat_id, now))
        return len({flood.chat_id for flood in self._seen if now - flood.at <= FLOODED_WITHIN_S}) >= FLOODED_CHATS
