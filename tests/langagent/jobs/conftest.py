"""Jobs on the migrated database, and a learner to own them."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from uuid import UUID

import pytest

from langagent.core.database import Database
from langagent.core.queue.consumer import Consumer
from langagent.core.queue.models import Policy
from langagent.jobs.models import TABLE
from langagent.jobs.service import Jobs
from tests.langagent.core.queue.probe import running

Working = Callable[[], AbstractAsyncContextManager[object]]


@pytest.fixture
def jobs(database: Database) -> Jobs:
    return Jobs(database)


@pytest.fixture
async def owner(database: Database) -> UUID:
    async with database.connection() as connection:
        query = "insert into users (telegram_id, first_name) values (1, 'Ada') returning id"
        found: UUID = await connection.fetchval(query)
        return found


@pytest.fixture
def working(database: Database, jobs: Jobs) -> Working:
    """Runs the jobs' consumer inside a block; failures are tried again once, and at once."""
    policy = Policy(retries=(timedelta(0),), poll=timedelta(milliseconds=50))

    def working() -> AbstractAsyncContextManager[object]:
        return running(
            Consumer(database, TABLE, jobs.run, worker="ann", concurrency=4, policy=policy, buried=jobs.buried)
        )

    return working
