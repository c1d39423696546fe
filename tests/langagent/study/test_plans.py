"""The queue's statement costs what is due, not what a learner has: PostgreSQL's plan says so."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from benchmarks.study.seeds import DUE, NEW, Seed, fill, identity
from langagent.core.floor import Floor
from langagent.study.queue.models import Rank
from langagent.study.queue.queries import QUEUE, learner, queue
from langagent.study.queue.service import StudyQueue
from ops.embedded.postgres import SUPERUSER, EmbeddedPostgres
from tests.langagent.conftest import FrozenClock
from tests.langagent.study.conftest import Study

SEED = Seed(learners=40, cards=400)


@pytest.fixture
def filled(study: Study, postgres: EmbeddedPostgres) -> None:
    fill(postgres.url(SUPERUSER), SEED)


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("order", ["added", "frequency"])
async def test_the_queue_reads_no_row_that_it_does_not_count(floor: Floor, order: str) -> None:
    user, profile, deck = (identity(kind, 7) for kind in ("user", "profile", "deck"))
    async with floor.database.connection() as connection:
        now = await connection.fetchval("select now()")
        day_end = await connection.fetchval("select now() + interval '8 hours'")
        explained = await connection.fetchval(
            f"explain (analyze, format json) {QUEUE[order]}",
            user, profile, deck, now, day_end, now.date(), 20, tuple(Rank), 1,
        )  # fmt: skip
    (plan,) = orjson.loads(explained)
    read = [node for node in nodes(plan["Plan"]) if node.get("Relation Name") in ("cards", "card_progress")]
    scanned = {node["Index Name"] for node in nodes(plan["Plan"]) if "Index Name" in node}
    new_cards = {"added": "cards_new_idx", "frequency": "cards_new_frequency_idx"}[order]
    assert scanned >= {"card_progress_due_idx", "card_progress_introduced_idx", new_cards}
    assert sum(node["Actual Rows"] * node["Actual Loops"] for node in read) <= 2 * DUE + NEW + 2
    assert sum(node.get("Rows Removed by Filter", 0) for node in read) == 0


@pytest.mark.usefixtures("filled")
async def test_the_seeded_work_is_what_the_benchmark_says(study: Study, floor: Floor, clock: FrozenClock) -> None:
    async with floor.database.connection() as connection:
        clock.now = await connection.fetchval("select now()")
        found = await learner(connection, identity("user", 7), None)
        assert found is not None
        time = StudyQueue(floor, lambda: 0.0).time(study.principal)
        work = await queue(connection, found, None, time, ranks=tuple(Rank), limit=20)
    assert (work.counts.review, work.counts.new, work.counts.learning) == (DUE, NEW, 0)
