"""Ratings: once each, in order, exactly reversible, whole under concurrency (PRODUCT 4.2, 4.6)."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prometheus_client import REGISTRY

from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from langagent.study.events import CardRated, RatingUndone
from langagent.study.ratings.models import OfflineRating
from tests.langagent.conftest import FrozenClock
from tests.langagent.study.conftest import Study, newcomer, offline

DAY = timedelta(days=1)


async def test_a_rating_moves_the_card_and_is_logged(study: Study) -> None:
    card, session = await study.add_card(), uuid4()
    answer = await study.rate(card, 3, session_id=session, duration_ms=999_999)
    now = study.clock.now
    assert answer.model_dump(include={"status", "due", "interval_days", "reviews_count", "last_rating"}) == {
        "status": "learning", "due": now + timedelta(minutes=10), "interval_days": 0, "reviews_count": 1,
        "last_rating": 3,
    }  # fmt: skip
    (review,) = await study.reviews()
    assert (review["session_id"], review["duration_ms"], review["source"]) == (session, 120_000, "app")
    assert (review["state_before"], review["before"], review["interval_before"]) == (None, None, None)
    row = await study.progress(card)
    assert row is not None
    assert (row["introduced_on"], row["last_review"], row["due"]) == (now.date(), now, answer.due)


async def test_the_log_says_what_was_before(study: Study) -> None:
    card = await study.add_scheduled(due=study.clock.now, scheduled_days=5)
    before = await study.progress(card)
    answer = await study.rate(card, 1)
    assert (answer.status, answer.lapses) == ("relearning", 1)
    (review,) = await study.reviews()
    assert (review["state_before"], review["interval_before"], review["interval_after"]) == (2, 5, 0)
    assert before is not None
    assert review["elapsed_seconds"] == (study.clock.now - before["last_review"]).total_seconds()
    assert review["before"]["stability"] == before["stability"]


async def test_the_same_client_id_changes_nothing(study: Study) -> None:
    card, client_id = await study.add_card(), uuid4()
    first = await study.rate(card, 3, client_id=client_id)
    row = await study.progress(card)
    study.clock.advance(timedelta(minutes=3))
    again = await study.rate(card, 1, client_id=client_id)
    outcome = set(type(first).model_fields) - {"counts", "next"}
    assert again.model_dump(include=outcome) == first.model_dump(include=outcome)
    assert await study.progress(card) == row
    assert len(await study.reviews()) == 1


async def test_the_same_client_id_of_two_learners_is_two_ratings(
    study: Study, floor: Floor, clock: FrozenClock
) -> None:
    other, client_id = await newcomer(floor, clock), uuid4()
    await other.take_up()
    await study.rate(await study.add_card(), client_id=client_id)
    await other.rate(await other.add_card(), client_id=client_id)
    assert (len(await study.reviews()), len(await other.reviews())) == (1, 1)


async def test_the_next_card_comes_from_the_named_deck(study: Study) -> None:
    other = uuid4()
    await study.add_deck(other)
    here, there = await study.add_card(), await study.add_card(deck_id=other)
    answer = await study.rate(here, 4, deck_id=other)
    assert answer.next.card is not None
    assert answer.next.card.id == there


async def test_a_rating_stays_in_the_language_of_its_card(study: Study) -> None:
    active = Study(study.floor, study.clock, study.user_id)
    await study.execute("update language_profiles set is_active = false where id = $1", study.profile_id)
    await active.take_up("de")
    await active.add_card("aktiv")
    first, second = await study.add_card(), await study.add_card()
    answer = await study.rate(first, 4)
    assert answer.next.card is not None
    assert answer.next.card.id == second


async def refused(study: Study, *args: Any, **more: Any) -> AppError:
    with pytest.raises(AppError) as refusal:
        await study.rate(*args, **more)
    return refusal.value


async def test_cards_that_cannot_be_rated(study: Study, floor: Floor, clock: FrozenClock) -> None:
    other = await newcomer(floor, clock)
    await other.take_up()
    foreign, deleted = await other.add_card(), await study.add_card()
    await study.execute("update cards set deleted_at = now() where id = $1", deleted)
    for card in (foreign, deleted, uuid4()):
        assert (await refused(study, card)).code is ErrorCode.CARD_NOT_FOUND
    suspended = await study.add_scheduled(suspended=True)
    assert (await refused(study, suspended)).code is ErrorCode.CONFLICT
    own = await study.add_card()
    assert (await refused(study, own, deck_id=other.deck_id)).code is ErrorCode.DECK_NOT_FOUND
    assert await study.progress(own) is None
    assert await study.reviews() == []


@pytest.mark.parametrize("age", [timedelta(seconds=-61), timedelta(days=7, seconds=1)])
async def test_ratings_from_the_future_or_long_past_are_refused(study: Study, age: timedelta) -> None:
    card = await study.add_card()
    refusal = await refused(study, card, reviewed_at=study.clock.now - age)
    assert refusal.code is ErrorCode.VALIDATION_ERROR
    assert refusal.details is not None
    assert "reviewed_at" in refusal.details
    assert await study.progress(card) is None


async def test_a_rating_by_a_clock_a_little_fast_counts_as_given_now(study: Study) -> None:
    card = await study.add_card()
    answer = await study.rate(card, 3, reviewed_at=study.clock.now + timedelta(seconds=60))
    assert answer.last_reviewed_at == study.clock.now


async def test_a_rating_older_than_the_last_one_is_logged_only(study: Study) -> None:
    card = await study.add_card()
    await study.rate(card, 4)
    row = await study.progress(card)
    answer = await study.rate(card, 1, reviewed_at=study.clock.now - DAY)
    assert answer.last_rating == 4
    assert await study.progress(card) == row
    late = (await study.reviews())[-1]
    assert (late["rating"], late["is_scheduled"], late["source"]) == (1, False, "offline")
    assert late["local_date"] == study.clock.now.date() - DAY


async def test_a_batch_is_applied_in_time_order_and_answered_in_its_own(study: Study) -> None:
    card, gone, now = await study.add_card(), uuid4(), study.clock.now
    bodies = [
        offline(card, now - timedelta(minutes=1), 4),
        offline(gone, now - timedelta(minutes=2)),
        offline(card, now - timedelta(minutes=20), 1),
        offline(card, now + DAY),
    ]
    results = await study.ratings.rate_batch(study.principal, bodies)
    assert [result.client_id for result in results] == [body.client_id for body in bodies]
    assert [result.error for result in results] == [
        None, ErrorCode.CARD_NOT_FOUND, None, ErrorCode.VALIDATION_ERROR,
    ]  # fmt: skip
    assert [result.outcome and result.outcome.last_rating for result in results] == [4, None, 1, None]
    row = await study.progress(card)
    assert row is not None
    assert (row["reps"], row["state"], row["last_review"]) == (2, 2, bodies[0].reviewed_at)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_any_order_of_a_batch_gives_the_same_schedule(study: Study, data: st.DataObject) -> None:
    ages = data.draw(st.lists(st.integers(0, 7 * 86400), min_size=1, max_size=6, unique=True))
    ratings = [data.draw(st.integers(1, 4)) for _ in ages]
    orders = [range(len(ages)), data.draw(st.permutations(range(len(ages))))]
    rows = []
    for order in orders:
        card = await study.add_card()
        study.random.seed(5)
        bodies = [offline(card, study.clock.now - timedelta(seconds=ages[place]), ratings[place]) for place in order]
        shift = min(body.reviewed_at for body in bodies if body.reviewed_at)
        await study.ratings.rate_batch(study.principal, bodies)
        row = await study.progress(card)
        assert row is not None
        rows.append(
            {name: row[name] for name in ("state", "step", "stability", "difficulty", "scheduled_days", "reps")}
            | {"due": row["due"] - shift, "last_review": row["last_review"] - shift}
        )
    assert rows[0] == rows[1]


async def test_the_eighth_lapse_sets_the_card_aside_and_says_so(study: Study) -> None:
    card = await study.add_scheduled(lapses=7)
    answer = await study.rate(card, 1)
    assert (answer.status, answer.leech, answer.lapses) == ("suspended", True, 8)
    assert (await study.next()).status == "done"
    assert (await study.schedules.resume(study.user_id, card)).status == "relearning"


async def test_undo_without_a_rating(study: Study) -> None:
    with pytest.raises(AppError) as refusal:
        await study.ratings.undo(study.principal, None)
    assert refusal.value.code is ErrorCode.NOTHING_TO_UNDO


async def test_undo_reaches_back_a_day(study: Study) -> None:
    await study.rate(await study.add_card())
    study.clock.advance(DAY + timedelta(seconds=1))
    with pytest.raises(AppError) as refusal:
        await study.ratings.undo(study.principal, None)
    assert refusal.value.code is ErrorCode.NOTHING_TO_UNDO


async def test_undo_shows_the_card_again_and_gives_the_allowance_back(study: Study) -> None:
    await study.change_profile(new_cards_per_day=1)
    card = await study.add_card()
    assert (await study.rate(card, 4)).counts.new == 0
    undone = await study.ratings.undo(study.principal, None)
    assert (undone.card_id, undone.status, undone.counts.new) == (card, "new", 1)
    assert undone.card.card.id == card
    assert undone.card.previews.good == 600
    assert (await study.reviews())[0]["undone_at"] == study.clock.now


async def test_undo_passes_over_a_card_that_was_reset(study: Study) -> None:
    older, newer = await study.add_card(), await study.add_card()
    await study.rate(older)
    study.clock.advance(timedelta(seconds=1))
    await study.rate(newer)
    await study.schedules.reset(study.user_id, newer)
    assert (await study.ratings.undo(study.principal, None)).card_id == older
    assert await study.progress(newer) is None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(1, 4), st.sampled_from([0, 1, 61, 601, 3600, 20000])),
        min_size=1,
        max_size=8,
    )
)
async def test_undo_walks_back_through_exactly_the_same_rows(study: Study, steps: list[tuple[int, int, int]]) -> None:
    cards = [await study.add_card(), await study.add_scheduled(lapses=7), await study.add_scheduled(state=1, step=1)]

    async def rows() -> list[dict[str, Any] | None]:
        return [await study.progress(card) for card in cards]

    trail = []
    for place, rating, wait in steps:
        study.clock.advance(timedelta(seconds=wait))
        before = await rows()
        if before[place] is None or not before[place]["suspended"]:  # type: ignore[index]
            await study.rate(cards[place], rating)
            trail.append(before)
    if sum(wait for *_, wait in steps) > DAY.total_seconds():
        return
    while trail:
        await study.ratings.undo(study.principal, None)
        assert await rows() == trail.pop()
    for card in cards:
        await study.schedules.reset(study.user_id, card)


async def test_many_devices_rating_one_new_card_leave_one_whole_row(study: Study) -> None:
    card = await study.add_card()
    answers = await asyncio.gather(*(study.rate(card, 4) for _ in range(8)))
    row = await study.progress(card)
    assert row is not None
    assert row["reps"] == 8 == len(await study.reviews())
    assert sorted(answer.reviews_count for answer in answers) == list(range(1, 9))
    assert row["stability"] == max(answers, key=lambda answer: answer.reviews_count).stability


async def test_one_client_id_sent_at_once_is_applied_once(study: Study) -> None:
    card, client_id = await study.add_card(), uuid4()
    answers = await asyncio.gather(*(study.rate(card, client_id=client_id) for _ in range(8)))
    assert {answer.reviews_count for answer in answers} == {1}
    assert {answer.due for answer in answers} == {study.clock.now + timedelta(minutes=10)}
    assert len(await study.reviews()) == 1


async def test_undo_and_rating_at_once_keep_log_and_row_together(study: Study) -> None:
    card = await study.add_card()
    for _ in range(4):
        await study.rate(card)
    await asyncio.gather(
        *(study.ratings.undo(study.principal, None) for _ in range(3)), *(study.rate(card) for _ in range(3))
    )
    valid = [review for review in await study.reviews() if review["undone_at"] is None]
    row = await study.progress(card)
    assert row is not None
    assert row["reps"] == len(valid) == 4
    assert row["stability"] == valid[-1]["stability_after"]


async def test_a_rating_is_three_statements(study: Study, floor: Floor) -> None:
    first, second = await study.add_card(), await study.add_scheduled()
    statements: list[str] = []

    def log(record: Any) -> None:
        statements.append(record.query.split()[0].rstrip(";").lower())

    async with floor.database.connection() as connection:
        await study.rate(await study.add_card())
        connection.add_query_logger(log)  # type: ignore[attr-defined]
        for card in (first, second):
            statements.clear()
            await study.rate(card)
            await asyncio.sleep(0)  # loggers are called by the event loop
            assert statements == ["begin", "with", "with", "with", "commit"]
        connection.remove_query_logger(log)  # type: ignore[attr-defined]


async def test_the_rooms_above_are_told_inside_the_transaction(study: Study, floor: Floor) -> None:
    told: list[object] = []

    async def listen(_connection: object, event: object) -> None:
        told.append(event)

    floor.events.subscribe(CardRated, listen)
    floor.events.subscribe(RatingUndone, listen)
    card = await study.add_card()
    await study.rate(card, 2, duration_ms=5)
    await study.ratings.undo(study.principal, None)
    told_of = (study.user_id, study.profile_id, card, 2, study.clock.now.date(), 5)
    assert told == [CardRated(*told_of), RatingUndone(*told_of)]


async def test_a_refusing_handler_leaves_nothing(study: Study, floor: Floor) -> None:
    async def refuse(_connection: object, _event: object) -> None:
        raise AppError(ErrorCode.CONFLICT)

    floor.events.subscribe(CardRated, refuse)
    card = await study.add_card()
    assert (await refused(study, card)).code is ErrorCode.CONFLICT
    assert await study.progress(card) is None
    assert await study.reviews() == []


async def test_ratings_are_counted_once(study: Study) -> None:
    def counted() -> float:
        return REGISTRY.get_sample_value("reviews_total", {"rating": "3", "source": "app"}) or 0.0

    card, client_id, before = await study.add_card(), uuid4(), counted()
    for _ in range(2):
        await study.rate(card, client_id=client_id)
    assert counted() == before + 1


def test_a_batch_rating_knows_no_deck() -> None:
    with pytest.raises(ValueError, match="deck_id"):
        OfflineRating.model_validate_json(
            f'{{"card_id":"{uuid4()}","rating":1,"client_id":"{uuid4()}","deck_id":null}}'
        )
