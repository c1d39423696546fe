"""Updates that wait for the bot, and those it has had."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from emulators.telegram.clock import Clock
from emulators.telegram.signals import Signal

_DAY = 24 * 3600
_LIFETIMES = {"callback_query": 150, "pre_checkout_query": 10}
_ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_REMEMBERED = 20_000
IDS_A_SECOND = 10

Queue = tuple[int | None, str]


@dataclass(slots=True)
class Update:
    """One update; those of one queue reach a webhook in order, so a press may overtake a message."""

    update_id: int
    kind: str
    payload: dict[str, Any]
    queue: Queue
    expires: float

    def json(self) -> dict[str, Any]:
        """Return the update as the bot gets it."""
        return {"update_id": self.update_id, self.kind: self.payload}


class Updates:
    """What was not yet taken, in order of ids, and a memory of what was made.

    The ids begin with the time, so that they go on after a restart: a bot takes no update for new that it has had.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._next_id = 1 + int(clock.now() * IDS_A_SECOND)
        self._pending: dict[int, Update] = {}
        self._made: deque[Update] = deque(maxlen=_REMEMBERED)
        self.allowed: list[str] = []
        self.changed = Signal()
        self.on_added: Callable[[Update], None] | None = None

    def add(self, kind: str, payload: dict[str, Any], chat_id: int | None) -> Update | None:
        """Make an update and return it, or return None when the bot has not asked for its kind."""
        if kind not in self.allowed if self.allowed else kind in _ON_REQUEST_ONLY:
            return None
        expires = self._clock.now() + _LIFETIMES.get(kind, _DAY)
        update = Update(self._next_id, kind, payload, (chat_id, kind), expires)
        self._next_id += 1
        self._pending[update.update_id] = update
        self._made.append(update)
        if self.on_added:
            self.on_added(update)
        self.changed.notify()
        return update

    def pending(self) -> list[Update]:
        """Return what waits and has not expired."""
        now = self._clock.now()
        for update_id in [update.update_id for update in self._pending.values() if update.expires < now]:
            del self._pending[update_id]
        return list(self._pending.values())

    def forget(self, update_id: int) -> None:
        """Drop an update that arrived, or that nobody will ask for."""
        self._pending.pop(update_id, None)

    def forget_all(self) -> None:
        """Drop everything that waits."""
        self._pending.clear()

    def confirm(self, offset: int) -> None:
        """Drop what a poller has: ids below the offset, or all but the last so many when it is negative."""
        waiting = list(self._pending)
        gone = waiting[:offset] if offset < 0 else [update_id for update_id in waiting if update_id < offset]
        for update_id in gone:
            del self._pending[update_id]

    def made(self, update_id: int) -> Update | None:
        """Return an update by its id, whether it arrived or not."""
        return next((update for update in self._made if update.update_id == update_id), None)
