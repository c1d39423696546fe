"""The pace above which Telegram answers 429."""

import math
from dataclasses import dataclass

from emulators.telegram.clock import Clock
from emulators.telegram.errors import too_many


@dataclass(frozen=True, slots=True)
class FloodRule:
    """Messages per second that pass; a burst is what passes at once after a rest. 0 switches a limit off."""

    overall_rate: float = 30
    overall_burst: float = 30
    chat_rate: float = 1
    chat_burst: float = 5


class FloodControl:
    """Counts messages against the rule; only what passes is counted."""

    def __init__(self, clock: Clock, rule: FloodRule) -> None:
        self._clock = clock
        self.rule = rule
        self._buckets: dict[int | None, tuple[float, float]] = {}

    def check(self, chat_id: int) -> None:
        """Count a message to a chat.

        Raises:
            ApiError: it comes too soon, with the whole seconds to wait.
        """
        now = self._clock.now()
        limits: list[tuple[int | None, float, float]] = [
            (chat_id, self.rule.chat_rate, self.rule.chat_burst),
            (None, self.rule.overall_rate, self.rule.overall_burst),
        ]
        left = {key: self._left(key, rate, burst, now) for key, rate, burst in limits if rate}
        for key, rate, _ in limits:
            if left.get(key, 1) < 1:
                raise too_many(math.ceil((1 - left[key]) / rate))
        self._buckets |= {key: (tokens - 1, now) for key, tokens in left.items()}

    def _left(self, key: int | None, rate: float, burst: float, now: float) -> float:
        tokens, since = self._buckets.get(key, (burst, now))
        return min(burst, tokens + (now - since) * rate)
