"""Fitting the scheduler: when it may run, what it keeps, and that the job has one effect."""

from random import Random

import pytest
from fsrs_rs_python import FSRSReview

from langagent.core.errors import AppError, ErrorCode
from langagent.jobs.service import Jobs
from langagent.study.optimisation import training
from langagent.study.optimisation.models import Fit, History, Review
from langagent.study.optimisation.tasks import OPTIMISE, OptimiseTask, train
from langagent.study.scheduling import Rating, Rules, rate
from tests.langagent.study.conftest import NOON, Study
from tests.langagent.study.optimising import log, work_off


def histories(count: int, *, remembered: float) -> list[History]:
    """Cards reviewed after growing pauses by somebody who remembers that part of them."""
    random = Random(3)
    found = []
    for card in range(count):
        history, at = [Review(3, 0, float(card))], float(card)
        for days in (1, 3, 8, 20):
            at += days * 86400
            history.append(Review(3 if random.random() < remembered else 1, days, at))
        found.append(history)
    return found


@pytest.mark.parametrize("remembered", [0.3, 0.9])
async def test_a_fit_is_compared_on_reviews_it_has_not_seen(remembered: float) -> None:
    found = await train(histories(120, remembered=remembered), None)
    assert found is not None
    assert found.is_better == (found.loss_after < found.loss_before)
    rate(None, Rating.EASY, NOON, NOON.date(), Rules(found.parameters, 0.9, 365), 0.5)  # within the package's bounds


def test_good_parameters_are_not_replaced_by_worse() -> None:
    assert Fit((1.0,), loss_before=0.3, loss_after=0.3).is_better is False


def test_too_little_to_compare() -> None:
    assert training.fit(histories(1, remembered=1), None) is None
    assert training.fit([[Review(3, 0, 0), Review(3, 0, 60)]] * 500, None) is None


def test_predictions_are_in_order_of_time_and_a_day_apart() -> None:
    early = [Review(3, 0, 0), Review(3, 0, 60), Review(1, 2, 172_800)]
    late = [Review(4, 0, 10), Review(2, 5, 432_010)]
    found = training.predictions([late, early])
    assert [str(item.reviews) for item in found] == [
        str([FSRSReview(3, 0), FSRSReview(3, 0), FSRSReview(1, 2)]),
        str([FSRSReview(4, 0), FSRSReview(2, 5)]),
    ]


async def test_fewer_than_400_valid_reviews_are_refused(study: Study) -> None:
    await log(study, 396)
    await log(study, 40, undone_at=study.clock.now)
    with pytest.raises(AppError) as refusal:
        await study.optimisation.start(study.user_id, study.profile_id)
    assert refusal.value.code is ErrorCode.CONFLICT
    assert refusal.value.details == {"have": 396, "need": 400}


async def test_a_second_fit_needs_200_more(study: Study) -> None:
    await study.change_profile(fsrs_review_count=300)
    await log(study, 400)
    with pytest.raises(AppError) as refusal:
        await study.optimisation.start(study.user_id, study.profile_id)
    assert refusal.value.details == {"have": 400, "need": 500}


async def test_the_job_keeps_better_parameters_for_the_next_rating(study: Study) -> None:
    await log(study, 600)
    jobs = Jobs(study.floor.database)
    job = await study.optimisation.start(study.user_id, study.profile_id)
    assert await study.optimisation.start(study.user_id, study.profile_id) == job
    jobs.handle(OPTIMISE, OptimiseTask(study.floor).run)
    await work_off(jobs, study)
    (profile,) = await study.fetch("select * from language_profiles where id = $1", study.profile_id)
    assert len(profile["fsrs_parameters"]) == 21
    assert (profile["fsrs_review_count"], profile["fsrs_optimised_at"]) == (600, study.clock.now)
    answer = await jobs.find(study.user_id, job)
    assert answer.result is not None
    assert (answer.status, answer.result["improved"], answer.result["reviews"]) == ("done", True, 600)
    assert answer.result["log_loss_after"] < answer.result["log_loss_before"]
    rated = await study.rate(await study.add_card(), Rating.EASY)
    assert rated.stability == pytest.approx(profile["fsrs_parameters"][3])
