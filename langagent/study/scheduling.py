"""FSRS-6 as pure rules: a schedule and a rating in, the next schedule out (PRODUCT 4.2)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import Final, Self

from fsrs import Card, Scheduler
from fsrs import Rating as FsrsRating
from fsrs import State as FsrsState
from fsrs.scheduler import DEFAULT_PARAMETERS, FUZZ_RANGES

LEARNING_STEPS: Final = (timedelta(minutes=1), timedelta(minutes=10))
RELEARNING_STEPS: Final = (timedelta(minutes=10),)
LEECH_LAPSES: Final = 8
LEECH_AGAIN_EVERY: Final = 4
_SHORTEST_FUZZED_DAYS: Final = 2.5
_ANY_CARD: Final = 0


class Rating(IntEnum):
    """How well a card was remembered."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class State(IntEnum):
    """Where a card stands; a card without a schedule is new."""

    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


@dataclass(frozen=True, slots=True)
class Rules:
    """What a profile asks of the scheduler; ``parameters`` None means the package's defaults."""

    parameters: tuple[float, ...] | None
    desired_retention: float
    max_interval_days: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """One learner's schedule of one card. One that was suspended before its first rating has ``reps`` 0."""

    state: int
    step: int | None
    stability: float | None
    difficulty: float | None
    due: datetime
    last_review: datetime | None
    scheduled_days: int
    reps: int
    lapses: int
    last_rating: int | None
    suspended: bool
    leech: bool
    introduced_on: date | None


@dataclass(frozen=True, slots=True)
class Previews:
    """Seconds until a card would be due again, by rating."""

    again: int
    hard: int
    good: int
    easy: int


def first_schedule(at: datetime) -> Schedule:
    """The schedule of a card that was never rated."""
    return Schedule(
        state=State.LEARNING,
        step=0,
        stability=None,
        difficulty=None,
        due=at,
        last_review=None,
        scheduled_days=0,
        reps=0,
        lapses=0,
        last_rating=None,
        suspended=False,
        leech=False,
        introduced_on=None,
    )


def rate(before: Schedule | None, rating: Rating, at: datetime, day: date, rules: Rules, draw: float) -> Schedule:
    """The schedule after ``rating``.

    Args:
        before: None for a new card.
        at: moment of the rating, in UTC.
        day: learning day of ``at``.
        draw: from [0, 1): where in its fuzz range an interval of days falls.
    """
    schedule = before or first_schedule(at)
    card = _review(schedule, rating, at, rules)
    is_lapse = schedule.state == State.REVIEW and rating == Rating.AGAIN
    lapses = schedule.lapses + is_lapse
    is_leech = is_lapse and marks_leech(lapses)
    interval = card.due - at
    if card.state == FsrsState.Review:
        interval = timedelta(days=fuzzed(interval.days, rules.max_interval_days, draw))
    return replace(
        schedule,
        state=card.state.value,
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=at + interval,
        last_review=at,
        scheduled_days=interval.days,
        reps=schedule.reps + 1,
        lapses=lapses,
        last_rating=rating.value,
        suspended=is_leech,
        leech=schedule.leech or is_leech,
        introduced_on=schedule.introduced_on or day,
    )


def previews(before: Schedule | None, at: datetime, rules: Rules) -> Previews:
    """What each rating would give, without fuzz."""
    schedule = before or first_schedule(at)
    again = LEARNING_STEPS[0] if schedule.state == State.LEARNING else RELEARNING_STEPS[0]
    hard, good, easy = (
        _review(schedule, rating, at, rules).due - at for rating in (Rating.HARD, Rating.GOOD, Rating.EASY)
    )
    return Previews(*(int(wait.total_seconds()) for wait in (again, hard, good, easy)))


def marks_leech(lapses: int) -> bool:
    """Whether the lapse that made ``lapses`` of them suspends the card: the 8th and every 4th after it."""
    return lapses >= LEECH_LAPSES and (lapses - LEECH_LAPSES) % LEECH_AGAIN_EVERY == 0


def fuzzed(days: int, max_days: int, draw: float) -> int:
    """``days`` moved within the package's fuzz range, so that cards learnt together come back apart.

    The package draws from a global generator; here the draw is handed in, and the same draw keeps the order of
    intervals: a longer one never becomes the shorter.
    """
    if days < _SHORTEST_FUZZED_DAYS:
        return days
    spread = 1.0 + sum(part["factor"] * max(min(float(days), part["end"]) - part["start"], 0.0) for part in FUZZ_RANGES)
    latest = min(round(days + spread), max_days)
    earliest = min(max(2, round(days - spread)), latest)
    return earliest + int(draw * (latest - earliest + 1))


class _Unshared(Card):
    """A card that is made for one review: the package may change it instead of a copy."""

    def __copy__(self) -> Self:
        return self


def _review(schedule: Schedule, rating: Rating, at: datetime, rules: Rules) -> Card:
    card = _Unshared(
        card_id=_ANY_CARD,
        state=FsrsState(schedule.state),
        step=schedule.step,
        stability=schedule.stability,
        difficulty=schedule.difficulty,
        due=schedule.due,
        last_review=schedule.last_review,
    )
    reviewed, _ = _scheduler(rules).review_card(card, FsrsRating(rating), at)
    return reviewed


@lru_cache(maxsize=1024)
def _scheduler(rules: Rules) -> Scheduler:
    return Scheduler(
        parameters=rules.parameters or DEFAULT_PARAMETERS,
        desired_retention=rules.desired_retention,
        learning_steps=LEARNING_STEPS,
        relearning_steps=RELEARNING_STEPS,
        maximum_interval=rules.max_interval_days,
        enable_fuzzing=False,
    )
