"""Schedulers are fitted without being asked: once a month, and only where there is enough to learn from."""

from datetime import timedelta

import pytest

from langagent.core.floor import Floor
from langagent.jobs.service import Jobs
from langagent.rooms import open_rooms
from langagent.study.optimisation import service
from langagent.study.optimisation.monthly import OPTIMISE_DUE, OptimiseDueTask
from langagent.study.optimisation.tasks import OPTIMISE
from tests.langagent.conftest import FrozenClock
from tests.langagent.study.conftest import Study, newcomer
from tests.langagent.study.optimising import log, work_off


async def chosen(study: Study) -> set[str]:
    """Profiles whose fits a night starts."""
    jobs = Jobs(study.floor.database)
    jobs.handle(OPTIMISE_DUE, OptimiseDueTask(study.optimisation).run)
    async with study.floor.database.unit_of_work() as connection:
        await jobs.enqueue(connection, OPTIMISE_DUE)
    await work_off(jobs, study)
    rows = await study.fetch("select user_id, params, lane from jobs where kind = $1", OPTIMISE)
    assert {row["lane"] for row in rows} <= {OPTIMISE}
    return {row["params"]["profile_id"] for row in rows}


async def test_enough_ratings_start_a_fit(study: Study, floor: Floor, clock: FrozenClock) -> None:
    await log(study, 400)
    lazy = await newcomer(floor, clock)
    await lazy.take_up()
    await log(lazy, 396)
    assert await chosen(study) == {str(study.profile_id)}


async def test_two_hundred_more_are_needed_for_the_next(study: Study) -> None:
    await log(study, 400)
    await study.change_profile(fsrs_review_count=201)
    assert await chosen(study) == set()
    await study.change_profile(fsrs_review_count=200)
    assert await chosen(study) == {str(study.profile_id)}


async def test_a_month_passes_between_two_fits(study: Study, clock: FrozenClock) -> None:
    await log(study, 400)
    await study.change_profile(fsrs_optimised_at=clock.now - timedelta(days=29))
    assert await chosen(study) == set()
    clock.advance(timedelta(days=1, seconds=1))
    assert await chosen(study) == {str(study.profile_id)}


async def test_profiles_are_looked_at_page_by_page(
    study: Study, floor: Floor, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "PROFILES_AT_ONCE", 1)
    other = await newcomer(floor, clock)
    await other.take_up()
    for learner in (study, other):
        await log(learner, 400)
    assert await chosen(study) == {str(study.profile_id), str(other.profile_id)}


async def test_a_profile_that_was_left_is_passed_over(study: Study, clock: FrozenClock) -> None:
    await log(study, 400)
    await study.change_profile(deleted_at=clock.now)
    assert await chosen(study) == set()


def test_the_worker_is_told_to_do_it_each_night(floor: Floor) -> None:
    assert OPTIMISE_DUE in open_rooms(floor).nightly
