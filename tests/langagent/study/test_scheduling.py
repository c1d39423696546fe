"""The scheduler: published vectors of fsrs 6.3, and what must hold whatever the history."""

from datetime import UTC, datetime, timedelta

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given
from hypothesis import strategies as st

from langagent.study.scheduling import Rating, Rules, Schedule, State, fuzzed, marks_leech, previews, rate

START = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
DEFAULTS = Rules(None, 0.9, 36500)
A, H, G, E = Rating
HISTORIES = st.lists(
    st.tuples(st.sampled_from(Rating), st.floats(0, 400, allow_nan=False).map(lambda days: timedelta(days=days))),
    max_size=12,
)
RULES = st.builds(
    Rules,
    parameters=st.sampled_from([None, DEFAULT_PARAMETERS]),
    desired_retention=st.integers(70, 97).map(lambda percent: percent / 100),
    max_interval_days=st.sampled_from([30, 365, 36500]),
)
DRAWS = st.floats(0, 1, exclude_max=True)


def after(history: list[tuple[Rating, timedelta]], rules: Rules = DEFAULTS, draw: float = 0.5) -> Schedule | None:
    """The schedule after ratings, each so long after the one before it."""
    schedule, at = None, START
    for rating, wait in history:
        at += wait
        if schedule is not None and schedule.suspended:
            break
        schedule = rate(schedule, rating, at, at.date(), rules, draw)
    return schedule


def test_intervals_published_with_the_package() -> None:
    schedule, at, intervals = None, START, []
    for rating in (G, G, G, G, G, G, A, A, G, G, G, G, G):
        waits = previews(schedule, at, DEFAULTS)
        wait = {A: waits.again, G: waits.good}[rating]
        intervals.append(wait // 86400)
        schedule = rate(schedule, rating, at, at.date(), DEFAULTS, 0.5)
        at += timedelta(seconds=wait)
    assert intervals == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_memory_published_with_the_package() -> None:
    ratings = zip((A, G, G, G, G, G), map(timedelta, (0, 0, 1, 3, 8, 21)), strict=True)
    schedule = after(list(ratings))
    assert schedule is not None
    assert schedule.stability == pytest.approx(53.62691, abs=1e-4)
    assert schedule.difficulty == pytest.approx(6.3574867, abs=1e-4)


@pytest.mark.parametrize(
    ("rating", "stability", "difficulty"),
    [(A, 0.212, 6.4133), (H, 1.2931, 5.11217071), (G, 2.3065, 2.11810397), (E, 8.2956, 1.0)],
)
def test_first_rating_published_with_the_package(rating: Rating, stability: float, difficulty: float) -> None:
    schedule = after([(rating, timedelta())])
    assert schedule is not None
    assert schedule.stability == pytest.approx(stability)
    assert schedule.difficulty == pytest.approx(difficulty)


def test_learning_steps_of_a_new_card() -> None:
    waits = previews(None, START, DEFAULTS)
    assert (waits.again, waits.hard, waits.good) == (60, 330, 600)
    assert waits.easy == 8 * 86400


def test_a_lapse_relearns_for_ten_minutes() -> None:
    schedule = after([(E, timedelta()), (A, timedelta(days=8))])
    assert schedule is not None
    assert (schedule.state, schedule.step, schedule.lapses) == (State.RELEARNING, 0, 1)
    assert schedule.due - START == timedelta(days=8, minutes=10)


def test_again_while_learning_is_no_lapse() -> None:
    schedule = after([(A, timedelta()), (A, timedelta(minutes=1))])
    assert schedule is not None
    assert schedule.lapses == 0


def test_leech_at_eight_lapses_and_every_four_more() -> None:
    assert [lapses for lapses in range(1, 21) if marks_leech(lapses)] == [8, 12, 16, 20]


def test_the_eighth_lapse_suspends() -> None:
    history = [(E, timedelta())]
    for _ in range(8):
        history += [(A, timedelta(days=30)), (G, timedelta(minutes=10))]
    schedule = after(history)
    assert schedule is not None
    assert (schedule.lapses, schedule.leech, schedule.suspended) == (8, True, True)


@given(HISTORIES, RULES, st.floats(0, 400).map(lambda days: timedelta(days=days)))
def test_better_ratings_never_come_back_sooner(
    history: list[tuple[Rating, timedelta]], rules: Rules, wait: timedelta
) -> None:
    schedule = after(history, rules)
    at = START + sum((pause for _, pause in history), timedelta()) + wait
    waits = previews(schedule, at, rules)
    assert waits.again <= waits.hard <= waits.good <= waits.easy


@given(HISTORIES, RULES, st.floats(0, 400).map(lambda days: timedelta(days=days)))
def test_again_comes_back_as_its_caption_says(
    history: list[tuple[Rating, timedelta]], rules: Rules, wait: timedelta
) -> None:
    schedule = after(history, rules)
    at = START + sum((pause for _, pause in history), timedelta()) + wait
    failed = rate(schedule, A, at, at.date(), rules, 0.5)
    assert previews(schedule, at, rules).again == (failed.due - at).total_seconds()


@given(HISTORIES, RULES, st.floats(0, 400).map(lambda days: timedelta(days=days)), DRAWS)
def test_the_same_draw_keeps_the_order(
    history: list[tuple[Rating, timedelta]], rules: Rules, wait: timedelta, draw: float
) -> None:
    schedule = after(history, rules, draw)
    at = START + sum((pause for _, pause in history), timedelta()) + wait
    dues = [rate(schedule, rating, at, at.date(), rules, draw).due for rating in (H, G, E)]
    assert dues == sorted(dues)


@given(HISTORIES, RULES, DRAWS)
def test_a_schedule_is_whole(history: list[tuple[Rating, timedelta]], rules: Rules, draw: float) -> None:
    schedule = after(history, rules, draw)
    if schedule is None:
        return
    assert (schedule.state == State.REVIEW) == (schedule.step is None)
    assert schedule.scheduled_days <= rules.max_interval_days
    assert schedule.last_review is not None
    assert schedule.due > schedule.last_review
    assert schedule.introduced_on == (START + history[0][1]).date()


@given(st.integers(0, 40000), st.sampled_from([30, 365, 36500]), DRAWS)
def test_fuzz_stays_near_and_within_the_maximum(days: int, maximum: int, draw: float) -> None:
    days = min(days, maximum)
    found = fuzzed(days, maximum, draw)
    assert found <= maximum
    assert abs(found - days) <= 2 + 0.15 * 4.5 + 0.1 * 13 + 0.05 * days
    assert days >= 3 or found == days


@given(st.integers(3, 4000), DRAWS)
def test_fuzz_is_monotone(days: int, draw: float) -> None:
    assert fuzzed(days, 36500, draw) <= fuzzed(days + 1, 36500, draw)
