"""All personal data of a learner as one JSON file."""

from collections.abc import AsyncIterator
from datetime import timedelta
from tempfile import SpooledTemporaryFile
from typing import Any, Final
from uuid import UUID

import orjson

from langagent.accounts.users import queries
from langagent.accounts.users.personal_data import PersonalData
from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor

EVERY: Final = timedelta(hours=1)
_IN_MEMORY_BYTES: Final = 1 << 20
_CHUNK_BYTES: Final = 1 << 16
File = SpooledTemporaryFile[bytes]


class Export:
    """Writes the file whole before the first byte is sent: of one moment, and no slow reader holds a connection."""

    def __init__(self, floor: Floor, personal: PersonalData) -> None:
        self._floor = floor
        self._personal = personal

    async def write(self, user_id: UUID) -> File:
        """The file, at its beginning; the caller closes it.

        Raises: AppError RATE_LIMIT_EXCEEDED within an hour of the last one.
        """
        await self._demand_turn(user_id)
        file: File = SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115 (outlives this call)
        try:
            await self._fill(file, user_id)
        except BaseException:
            file.close()
            await self._floor.cache.delete(_key(user_id))
            raise
        file.seek(0)
        return file

    async def _demand_turn(self, user_id: UUID) -> None:
        key, life_s = _key(user_id), int(EVERY.total_seconds())
        is_free = await self._floor.cache.ask(True, "SET", key, b"", "NX", "EX", life_s)
        if not is_free:
            left_s = await self._floor.cache.ask(life_s, "TTL", key)
            details = {"limit_type": "data_export", "max": 1}
            raise AppError(
                ErrorCode.RATE_LIMIT_EXCEEDED, details=details, retry_after=max(1, left_s), message="errors.export_rest"
            )

    async def _fill(self, file: File, user_id: UUID) -> None:
        async with self._floor.database.unit_of_work() as connection:
            await queries.freeze(connection)
            file.write(b'{"exported_at":' + _json(self._floor.clock()))
            file.write(b',"user":' + _json(await queries.exported(connection, user_id)))
            for section, read in self._personal.sections.items():
                file.write(b"," + _json(section) + b":[")
                await _write_items(file, read(connection, user_id))
                file.write(b"]")
            file.write(b"}")


async def _write_items(file: File, items: AsyncIterator[Any]) -> None:
    separator = b""
    async for item in items:
        file.write(separator + _json(item))
        separator = b","


def _json(value: Any) -> bytes:
    return orjson.dumps(value, default=str)


async def chunks(file: File) -> AsyncIterator[bytes]:
    """The file's content; closes it."""
    with file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def _key(user_id: UUID) -> str:
    return f"export:{user_id}"
