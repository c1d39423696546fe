"""What a chat remembers in Redis: the state of a dialogue for an hour, payloads of buttons for a week."""

import secrets
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import orjson

from langagent.core.batches import Batches
from langagent.core.chat.models import State
from langagent.core.redis import Cache

STATE_LIFE_S: Final = 60 * 60
PAYLOAD_LIFE_S: Final = 7 * 24 * 60 * 60
ID_LENGTH: Final = 12
BATCH: Final = 50
_BASE62: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class Memory:
    """Redis may forget everything: a dialogue then starts anew, a button is no longer available.

    States that are wanted at once, by updates of several chats, share a round trip.
    """

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._reads = Batches(cache.get_many, most=BATCH)
        self._writes = Batches(self._write, most=BATCH)

    async def keep(self, payload: Any) -> str:
        """Puts JSON-able content that is too long for a button aside; gives the id to find it by."""
        name = "".join(secrets.choice(_BASE62) for _ in range(ID_LENGTH))
        await self._cache.set(f"cb:{name}", orjson.dumps(payload, default=str), ttl_s=PAYLOAD_LIFE_S)
        return name

    async def kept(self, name: str) -> Any | None:
        stored = await self._cache.get(f"cb:{name}")
        return None if stored is None else orjson.loads(stored)

    async def read_states(self, user_id: UUID) -> bytes | None:
        return await self._reads.add(f"conv:{user_id}")

    async def write_states(self, user_id: UUID, states: bytes) -> None:
        await self._writes.add((f"conv:{user_id}", states))

    async def _write(self, items: Sequence[tuple[str, bytes]]) -> Sequence[None]:
        await self._cache.set_many(items, ttl_s=STATE_LIFE_S)
        return [None] * len(items)


class Dialogue:
    """The state of one person's dialogue, as one update finds and leaves it.

    What an update leaves is stored together with what it found: an update that is tried again, because its
    transaction failed after the write, finds the same state as the first time.
    """

    def __init__(self, memory: Memory, user_id: UUID, update_id: int) -> None:
        self._memory = memory
        self._user_id = user_id
        self._update_id = update_id
        self._found: State | None = None
        self._left: State | None = None
        self._is_read = False
        self.is_changed = False

    async def read(self) -> State | None:
        if not self._is_read:
            stored = await self._memory.read_states(self._user_id)
            if stored is not None:
                states = orjson.loads(stored)
                self._found = _state(states["found" if states["update"] == self._update_id else "left"])
            self._is_read = True
        return self._left if self.is_changed else self._found

    def enter(self, name: str, **data: Any) -> None:
        """The next text of this person goes to the handler of the state ``name``."""
        self._left, self.is_changed = State(name, data), True

    def leave(self) -> None:
        self._left, self.is_changed = None, True

    def revert(self) -> None:
        """As if this update had changed nothing."""
        self.is_changed = False

    async def save(self) -> None:
        if not self.is_changed:
            return
        await self.read()
        if self._left != self._found:
            states = {"update": self._update_id, "found": self._found, "left": self._left}
            await self._memory.write_states(self._user_id, orjson.dumps(states))


def _state(stored: dict[str, Any] | None) -> State | None:
    return None if stored is None else State(**stored)
