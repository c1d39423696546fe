"""Every call of the bot, with its time and outcome."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(slots=True)
class Call:
    """One call; `code` is 200, Telegram's error code, or 0 when no answer was given."""

    at: float
    method: str
    chat_id: int | None
    params: dict[str, str]
    code: int = 0


class Calls:
    """The record of calls, in the order in which they came."""

    def __init__(self) -> None:
        self.made: list[Call] = []

    def add(self, call: Call) -> Call:
        """Record a call and return it, so that its outcome can be filled in."""
        self.made.append(call)
        return call

    def of(self, method: str = "", chat_id: int | None = None) -> list[Call]:
        """Return the calls of a method and a chat; of all when not given."""
        return [
            call
            for call in self.made
            if method.lower() in ("", call.method.lower()) and chat_id in (None, call.chat_id)
        ]

    def clear(self) -> None:
        """Forget all calls."""
        self.made.clear()


def counts(calls: Iterable[Call]) -> dict[str, int]:
    """Return how often each method was called."""
    return dict(Counter(call.method for call in calls))


def highest_pace(calls: Iterable[Call], seconds: float = 1.0) -> int:
    """Return the most calls that came within any span of so many seconds."""
    times = sorted(call.at for call in calls)
    first = most = 0
    for index, at in enumerate(times):
        while at - times[first] >= seconds:
            first += 1
        most = max(most, index - first + 1)
    return most
