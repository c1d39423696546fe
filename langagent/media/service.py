"""Media: the door to stored files."""

from collections.abc import AsyncIterable, AsyncIterator, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from prometheus_client import Counter

from langagent.accounts.users.events import AccountErased
from langagent.core.database import Connection
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.media import queries
from langagent.media.formats import HEAD_BYTES, type_of
from langagent.media.links import Links
from langagent.media.models import RULES, MediaFile, kind_of
from langagent.media.storage import Storage
from langagent.media.tasks import Removal

TOUCHED_EVERY: Final = timedelta(days=1)
STORED: Final = Counter("media_files_stored_total", "Files stored", ["kind"])


class Media:
    """Files by key. A row is never without its object: the object is stored first, and deleted last."""

    def __init__(self, floor: Floor, storage: Storage, links: Links, removal: Removal) -> None:
        self._floor = floor
        self._storage = storage
        self._links = links
        self._removal = removal
        floor.events.subscribe(AccountErased, self._forget)

    async def put(
        self, key: str, content: AsyncIterable[bytes], *, owner: UUID | None = None, life: timedelta | None = None
    ) -> MediaFile:
        """Stores a file under a new key; a key that has a file keeps it, and that one is given.

        Args:
            key: its kind and a name that tells nothing and is never used again, such as `card_audio/<uuid>.mp3`.
            owner: the learner whose file it is; None for a kind that all share.
            life: how long it is kept; None for ever.

        Raises:
            AppError UNSUPPORTED_MEDIA, PAYLOAD_TOO_LARGE, SERVICE_UNAVAILABLE; then nothing is stored.
            ValueError: the key begins with no kind or could be taken for another path, or the owner is missing.
        """
        intake = _Intake(key)
        if intake.rules.is_shared != (owner is None):
            raise ValueError(f"{key} has {'an' if owner else 'no'} owner")
        stored = await self._storage.put(intake.watched(content))
        file = MediaFile(key=key, mime=intake.mime, bytes=stored.bytes, sha256=stored.name)
        now = self._floor.clock()
        async with self._floor.database.unit_of_work() as connection:
            await queries.lock_object(connection, file.sha256)
            if not await self._storage.exists(file.sha256):  # the last file with this content went in between
                raise AppError(ErrorCode.SERVICE_UNAVAILABLE, retry_after=1)
            kept = await queries.insert(connection, file, owner, now, now + life if life else None)
            if kept.sha256 != file.sha256:
                await self._removal.enqueue(connection, [file.sha256])
        STORED.labels(kind_of(key).value).inc()
        return kept

    async def link(self, key: str) -> str:
        """A link to the file, good for an hour at most.

        Raises: AppError NOT_FOUND.
        """
        async with self._floor.database.connection() as connection:
            file = await self._find(connection, key)
            await queries.touch(connection, key, self._floor.clock(), every=TOUCHED_EVERY)
        return await self._storage.url(file)

    async def linked(self, key: str, expires: int, signature: str) -> MediaFile:
        """The file that a link leads to.

        Raises: AppError FORBIDDEN for a link that is forged or too old, NOT_FOUND.
        """
        if not self._links.is_good(key, expires, signature):
            raise AppError(ErrorCode.FORBIDDEN)
        async with self._floor.database.connection() as connection:
            return await self._find(connection, key)

    async def read(self, key: str) -> AsyncIterator[bytes]:
        """The content of a file, piece by piece.

        Raises: AppError NOT_FOUND.
        """
        async with self._floor.database.connection() as connection:
            file = await self._find(connection, key)
        async for chunk in self._storage.get(file.sha256):
            yield chunk

    async def delete(self, connection: Connection, keys: Sequence[str]) -> None:
        """Deletes files in the caller's transaction, and their objects after it."""
        await self._removal.enqueue(connection, await queries.delete(connection, keys))

    async def _find(self, connection: Connection, key: str) -> MediaFile:
        file = await queries.find(connection, key, self._floor.clock())
        if file is None:
            raise AppError(ErrorCode.NOT_FOUND)
        return file

    async def _forget(self, connection: Connection, event: AccountErased) -> None:
        await self._removal.enqueue(connection, await queries.forget(connection, event.user_id))


class _Intake:
    """Looks at content on its way into the storage, and stops what may not go there."""

    def __init__(self, key: str) -> None:
        self.mime = ""
        self._key = key
        self.rules = RULES[kind_of(key)]

    async def watched(self, content: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        """Raises: AppError PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA."""
        head, size = b"", 0
        async for chunk in content:
            size += len(chunk)
            if size > self.rules.max_bytes:
                raise AppError(ErrorCode.PAYLOAD_TOO_LARGE, details={"max_bytes": self.rules.max_bytes})
            head += chunk[: HEAD_BYTES - len(head)]
            yield chunk
        self.mime = type_of(head, self._key) or ""
        if self.mime not in self.rules.types:
            raise AppError(ErrorCode.UNSUPPORTED_MEDIA)
