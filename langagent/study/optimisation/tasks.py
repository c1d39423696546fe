"""The job `optimise_parameters`: fits a profile's scheduler in a process of its own."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import orjson

from langagent.core.floor import Floor
from langagent.jobs.service import Run
from langagent.study.optimisation import queries
from langagent.study.optimisation.models import Fit, History, LoggedReview, Review

OPTIMISE: Final = "optimise_parameters"
_TRAINING: Final = "langagent.study.optimisation.training"


class TrainingError(Exception):
    """The training process ended without a result."""


@dataclass(frozen=True, slots=True)
class OptimiseTask:
    """Handler of the jobs; keeps new parameters only when they predict better than the current ones."""

    floor: Floor

    async def run(self, run: Run) -> None:
        profile_id = UUID(run.job.params["profile_id"])
        user_id = run.job.owner
        async with self.floor.database.connection() as connection:
            logged = await queries.reviews(connection, user_id, profile_id)
            current = await queries.parameters(connection, profile_id)
        found = await train(histories_of(logged), current)
        is_better = found is not None and found.is_better
        async with self.floor.database.unit_of_work() as connection:
            await run.complete(connection, _result(found, len(logged)))
            await queries.remember(
                connection,
                profile_id,
                found.parameters if found and is_better else None,
                len(logged),
                self.floor.clock(),
            )


def histories_of(logged: Sequence[LoggedReview]) -> list[History]:
    """Ratings, card by card in order of time, as histories; a card that was reset begins another one."""
    histories: list[History] = []
    previous: LoggedReview | None = None
    for review in logged:
        follows = previous is not None and previous.card_id == review.card_id and not review.is_first
        if not follows:
            histories.append([])
        days = (review.reviewed_at - previous.reviewed_at).days if previous and follows else 0
        histories[-1].append(Review(review.rating, days, review.reviewed_at.timestamp()))
        previous = review
    return histories


async def train(histories: Sequence[History], current: Sequence[float] | None) -> Fit | None:
    """What `training.fit` finds, worked out beside this process.

    Raises: TrainingError.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", _TRAINING, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    try:
        output, _ = await process.communicate(orjson.dumps({"histories": histories, "current": current}))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise TrainingError(f"training ended with status {process.returncode}")
    found = orjson.loads(output)
    return Fit(tuple(found["parameters"]), found["loss_before"], found["loss_after"]) if found else None


def _result(found: Fit | None, reviews: int) -> dict[str, Any]:
    if found is None:
        return {"improved": False, "reviews": reviews}
    return {
        "improved": found.is_better,
        "reviews": reviews,
        "log_loss_before": round(found.loss_before, 4),
        "log_loss_after": round(found.loss_after, 4),
    }
