"""The probe queue in the migrated database."""

from collections.abc import AsyncIterator

import psycopg
import pytest

from langagent.core.database import Database
from langagent.settings import Secret
from tests.langagent.core.queue.probe import SCHEMA, Probe


@pytest.fixture
async def probe(database_url: str, owner_url: str) -> AsyncIterator[Probe]:
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(SCHEMA)
    database = Database(Secret(database_url), pool_size=20)
    await database.connect()
    yield Probe(database)
    await database.disconnect()
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("drop schema probe cascade")
