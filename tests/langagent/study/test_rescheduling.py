"""Cards dated anew by fitted parameters: only when the learner asks, and never against a newer rating."""

from datetime import timedelta

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS

from langagent.accounts.room import open_accounts
from langagent.core.errors import AppError, ErrorCode
from langagent.jobs.models import JobAnswer
from langagent.jobs.service import Jobs
from langagent.study.optimisation.rescheduling import RESCHEDULE, RescheduleTask
from langagent.study.scheduling import Rating
from tests.langagent.conftest import FrozenClock
from tests.langagent.study.conftest import Study
from tests.langagent.study.optimising import work_off

# Whoever answers "easy" at first remembers for ninety days.
PATIENT = [*DEFAULT_PARAMETERS[:3], 90.0, *DEFAULT_PARAMETERS[4:]]


async def rescheduled(study: Study) -> JobAnswer:
    jobs = Jobs(study.floor.database)
    accounts = open_accounts(study.floor, jobs)
    jobs.handle(RESCHEDULE, RescheduleTask(study.floor, accounts.profiles, lambda: 0.5).run)
    job = await study.optimisation.reschedule(study.user_id, study.profile_id)
    await work_off(jobs, study)
    return await jobs.find(study.user_id, job)


async def test_without_own_parameters_there_is_nothing_to_do(study: Study) -> None:
    with pytest.raises(AppError) as refusal:
        await study.optimisation.reschedule(study.user_id, study.profile_id)
    assert refusal.value.code is ErrorCode.CONFLICT


async def test_a_card_is_dated_as_if_it_had_always_been_so(study: Study, clock: FrozenClock) -> None:
    card = await study.add_card()
    rated_at = clock.now
    await study.rate(card, Rating.EASY)
    await study.change_profile(fsrs_parameters=PATIENT)
    clock.advance(timedelta(hours=1))
    answer = await rescheduled(study)
    progress = await study.progress(card)
    assert (answer.status, answer.result) == ("done", {"rescheduled": 1})
    assert progress is not None
    assert progress["stability"] == pytest.approx(90.0)
    assert progress["due"] == rated_at + timedelta(days=progress["scheduled_days"])
    assert progress["scheduled_days"] > 80
    assert (progress["last_review"], progress["reps"], progress["updated_at"]) == (rated_at, 1, clock.now)


async def test_a_card_that_was_reset_begins_anew(study: Study, clock: FrozenClock) -> None:
    card = await study.add_card()
    await study.rate(card, Rating.AGAIN)
    await study.schedules.reset(study.user_id, card)
    clock.advance(timedelta(hours=1))
    await study.rate(card, Rating.EASY)
    await study.change_profile(fsrs_parameters=PATIENT)
    await rescheduled(study)
    progress = await study.progress(card)
    assert progress is not None
    assert progress["stability"] == pytest.approx(90.0)


async def test_what_the_log_does_not_account_for_stays(study: Study, clock: FrozenClock) -> None:
    learning, suspended, newer = [await study.add_card() for _ in range(3)]
    await study.rate(learning, Rating.AGAIN)
    await study.rate(suspended, Rating.EASY)
    await study.schedules.suspend(study.user_id, suspended)
    await study.rate(newer, Rating.EASY)
    await study.execute("update card_progress set last_review = $2 where card_id = $1", newer, clock.now - timedelta(1))
    before = [await study.progress(card) for card in (learning, suspended, newer)]
    await study.change_profile(fsrs_parameters=PATIENT)
    assert (await rescheduled(study)).result == {"rescheduled": 0}
    assert [await study.progress(card) for card in (learning, suspended, newer)] == before


async def test_a_rating_given_before_can_still_be_undone(study: Study) -> None:
    card = await study.add_card()
    await study.rate(card, Rating.EASY)
    await study.change_profile(fsrs_parameters=PATIENT)
    await rescheduled(study)
    await study.ratings.undo(study.principal, None)
    assert await study.progress(card) is None
