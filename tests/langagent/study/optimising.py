"""A learner with a long log, and a worker for the jobs that read it."""

import asyncio
from datetime import timedelta
from random import Random
from uuid import uuid4

from langagent.core.queue.consumer import Consumer
from langagent.core.queue.models import Claim
from langagent.jobs.models import TABLE
from langagent.jobs.service import Jobs
from tests.langagent.study.conftest import Study

FORGETFUL = 0.55


async def log(study: Study, reviews: int, **columns: object) -> None:
    """Puts ratings in the log as a forgetful learner leaves them: four a card, three days apart."""
    random, now = Random(5), study.clock.now
    values = {"undone_at": None} | columns
    for _ in range(reviews // 4):
        card = await study.add_card()
        for step in range(4):
            await study.execute(
                """
                insert into card_reviews (user_id, client_id, card_id, profile_id, rating, state_before, interval_after,
                    stability_after, difficulty_after, source, outcome, reviewed_at, local_date, undone_at)
                values ($1, $2, $3, $4, $5, $6, 1, 1, 5, 'app', '{}', $7, $8, $9)
                """,
                study.user_id, uuid4(), card, study.profile_id, 3 if random.random() < FORGETFUL else 1,
                2 if step else None, now - timedelta(days=3 * (4 - step), seconds=random.random()), now.date(),
                values["undone_at"],
            )  # fmt: skip


async def work_off(jobs: Jobs, study: Study) -> None:
    """Runs a consumer until one job has ended."""
    stop = asyncio.Event()

    async def handle(claim: Claim) -> None:
        await jobs.run(claim)
        stop.set()

    consumer = Consumer(study.floor.database, TABLE, handle, worker="test", concurrency=1, buried=jobs.buried)
    async with asyncio.timeout(30):
        await consumer.run(stop)
