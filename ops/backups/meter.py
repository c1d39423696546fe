"""How far a stream is, told a few times a second."""

import time
from collections.abc import Callable

from ops.events import Event

TELL_SECONDS = 0.1

Tell = Callable[[Event], None]


def meter(total: int, tell: Tell) -> Callable[[int], None]:
    """Return what is to be called with the bytes done so far; `total` may be an estimate."""
    began = told = time.monotonic()

    def passed(done: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= TELL_SECONDS:
            told = now
            tell(Event("progress", "", {"bytes": done, "total": total, "seconds": round(now - began, 3)}))

    return passed
