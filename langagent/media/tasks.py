"""Objects that no file refers to any more are deleted: at once when they were a learner's, else at night."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from langagent.core.database import Connection
from langagent.core.floor import Floor
from langagent.jobs.service import Jobs, Run
from langagent.media import queries
from langagent.media.storage import Storage

REMOVE: Final = "remove_media"
SWEEP: Final = "sweep_media"
UNUSED_AUDIO_LIFE: Final = timedelta(days=180)
# Far longer than it takes to store an object and then the row that refers to it.
WRITERS_LIFE: Final = timedelta(days=1)
_NAMES_OF_A_JOB: Final = 500


class Removal:
    """Rows go in a transaction, their objects after it, in jobs; the nightly sweep finds what was never removed."""

    def __init__(self, floor: Floor, storage: Storage, jobs: Jobs) -> None:
        self._floor = floor
        self._storage = storage
        self._jobs = jobs
        jobs.handle(REMOVE, self._remove)
        jobs.handle(SWEEP, self._sweep)

    async def enqueue(self, connection: Connection, names: Sequence[str]) -> None:
        """In the transaction that deletes the rows of these objects."""
        for start in range(0, len(names), _NAMES_OF_A_JOB):
            params = {"names": names[start : start + _NAMES_OF_A_JOB]}
            await self._jobs.enqueue(connection, REMOVE, params=params)

    async def purge(self, connection: Connection) -> None:
        """The room's part of the nightly clean-up."""
        await queries.purge(connection, self._floor.clock(), unused=UNUSED_AUDIO_LIFE)
        await self._jobs.enqueue(connection, SWEEP, dedupe_key=SWEEP)

    async def _remove(self, run: Run) -> None:
        for name in run.job.params["names"]:
            async with self._floor.database.unit_of_work() as connection:
                await queries.lock_object(connection, name)
                if not await queries.is_referenced(connection, name):
                    await self._storage.delete(name)

    async def _sweep(self, _run: Run) -> None:
        before = self._floor.clock() - WRITERS_LIFE
        await self._storage.tidy(before)
        async for names in self._storage.names(before):
            async with self._floor.database.unit_of_work() as connection:
                await self.enqueue(connection, await queries.unreferenced(connection, names))
