"""The job `reschedule_cards`: what cards would be like, had the profile's scheduler always been the one it is now."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from uuid import UUID

from langagent.accounts.profiles.service import Profiles
from langagent.core.floor import Floor
from langagent.jobs.service import Run
from langagent.study.optimisation import queries
from langagent.study.optimisation.models import LoggedReview, Rescheduled
from langagent.study.scheduling import Rating, Rules, Schedule, State, rate

RESCHEDULE: Final = "reschedule_cards"


@dataclass(frozen=True, slots=True)
class RescheduleTask:
    """Handler of the jobs. A card that is rated meanwhile keeps what that rating gave it; ``draw`` is from [0, 1)."""

    floor: Floor
    profiles: Profiles
    draw: Callable[[], float]

    async def run(self, run: Run) -> None:
        user_id, profile_id = run.job.owner, UUID(run.job.params["profile_id"])
        async with self.floor.database.connection() as connection:
            profile = await self.profiles.own(connection, user_id, profile_id)
            logged = await queries.reviews(connection, user_id, profile_id)
        rules = Rules(profile.fsrs_parameters, profile.desired_retention, profile.max_interval_days)
        rescheduled = list(self._rescheduled(logged, rules))
        async with self.floor.database.unit_of_work() as connection:
            moved = await queries.reschedule(connection, user_id, profile_id, rescheduled, self.floor.clock())
            await run.complete(connection, {"rescheduled": moved})

    def _rescheduled(self, logged: Iterable[LoggedReview], rules: Rules) -> Iterator[Rescheduled]:
        for card_id, reviews in groupby(logged, lambda review: review.card_id):
            schedule = replayed(list(reviews), rules, self.draw())
            if schedule.state == State.REVIEW:
                yield Rescheduled(card_id, schedule)


def replayed(reviews: Sequence[LoggedReview], rules: Rules, draw: float) -> Schedule:
    """The schedule after a card's ratings in order of time, all of them under ``rules``; a reset begins anew.

    Args:
        reviews: at least one.
    """
    schedule: Schedule | None = None
    for review in reviews:
        before = None if review.is_first else schedule
        schedule = rate(before, Rating(review.rating), review.reviewed_at, review.reviewed_at.date(), rules, draw)
    assert schedule is not None
    return schedule
