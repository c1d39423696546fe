"""Storages of every kind, empty and real, and a room of media that works on one."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import pytest

from benchmarks.backup.s3 import make_bucket
from langagent.accounts.room import open_accounts
from langagent.core.floor import Floor, lay_floor
from langagent.core.queue.consumer import Consumer
from langagent.jobs.models import TABLE
from langagent.jobs.service import Jobs
from langagent.media.links import Links
from langagent.media.room import open_media, open_storage
from langagent.media.service import Media
from langagent.media.storage import Storage
from langagent.settings import Settings
from tests.langagent.conftest import FrozenClock
from tests.langagent.core.queue.probe import NO_PAUSES, eventually, running
from tests.servers import S3_SERVERS


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return replace(settings, media_root=str(tmp_path / "media"))


def in_bucket(settings: Settings, url: str) -> Settings:
    """The same settings, with a new bucket of that server."""
    made = make_bucket(url, f"media-{uuid4().hex}")
    return replace(
        settings,
        media_backend="s3",
        s3_bucket=made.name,
        s3_endpoint=url,
        s3_access_key=made.secret_key,
        s3_secret_key=made.secret_key,
    )


@pytest.fixture(params=["folder", *S3_SERVERS])
def chosen(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """Settings that name a storage of each kind."""
    if request.param == "folder":
        return settings
    return in_bucket(settings, request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def storage(chosen: Settings, clock: FrozenClock) -> Storage:
    """Every kind of storage, empty."""
    return open_storage(chosen, Links(chosen, clock))


@dataclass(frozen=True, slots=True)
class Room:
    """Media with its storage, and the worker that does its jobs."""

    floor: Floor
    jobs: Jobs
    media: Media
    storage: Storage

    async def objects(self) -> set[str]:
        """What the storage holds, however new."""
        pages = self.storage.names(self.floor.clock().replace(year=9000))
        return {name async for page in pages for name in page}

    async def work(self) -> None:
        """Runs the jobs that are due, until none is left."""
        consumer = Consumer(self.floor.database, TABLE, self.jobs.run, worker="ann", concurrency=4, policy=NO_PAUSES)
        async with running(consumer):
            await eventually(self._is_idle)

    async def _is_idle(self) -> bool:
        async with self.floor.database.connection() as connection:
            open_jobs: int = await connection.fetchval("select count(*) from jobs where done_at is null")
        return open_jobs == 0


@pytest.fixture
async def room(settings: Settings, clock: FrozenClock) -> AsyncIterator[Room]:
    """The room on a folder."""
    floor = lay_floor(settings, clock, name="test-media")
    await floor.connect()
    jobs = Jobs(floor.database)
    media = open_media(floor, jobs, open_accounts(floor, jobs))
    yield Room(floor, jobs, media.media, open_storage(settings, Links(settings, clock)))
    await floor.disconnect()
