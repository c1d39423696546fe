"""What every room stands on, built once per process."""

from dataclasses import dataclass

from langagent.core.clock import Clock
from langagent.core.database import Database
from langagent.core.events import Events
from langagent.core.http.pagination import Cursors
from langagent.core.redis import Cache
from langagent.settings import Settings


@dataclass(frozen=True, slots=True)
class Floor:
    """Settings, time and the ports; nothing is connected until ``connect``."""

    settings: Settings
    clock: Clock
    database: Database
    cache: Cache
    events: Events
    cursors: Cursors

    async def connect(self) -> None:
        await self.database.connect()

    async def disconnect(self) -> None:
        await self.cache.close()
        await self.database.disconnect()


def lay_floor(settings: Settings, clock: Clock, *, name: str) -> Floor:
    """The floor of the process called ``name`` (as PostgreSQL shows it)."""
    return Floor(
        settings=settings,
        clock=clock,
        database=Database(settings.database_url, pool_size=settings.database_pool_size, application_name=name),
        cache=Cache(settings.redis_url),
        events=Events(),
        cursors=Cursors(settings.secret_key),
    )
