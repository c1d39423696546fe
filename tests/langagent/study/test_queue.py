"""What comes next (PRODUCT 4.3 and its vector in 4.6)."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from langagent.core.errors import AppError, ErrorCode
from langagent.core.floor import Floor
from tests.langagent.conftest import FrozenClock
from tests.langagent.study.conftest import NOON, Study, newcomer

DAY = timedelta(days=1)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


async def served(study: Study, deck: object = None, mode: str = "mixed") -> list[str]:
    """Every word that the queue would show now, in order."""
    async with study.floor.database.connection() as connection:
        learner = await study.queue.learner(connection, study.user_id, deck if isinstance(deck, UUID) else None)
        head, _ = await study.queue.head(connection, learner, deck, mode, study.queue.time(study.principal), 20)  # type: ignore[arg-type]
    return [shown.card.word for shown in head]


async def test_the_vector(study: Study, clock: FrozenClock) -> None:
    today = NOON.date()
    for _ in range(19):
        await study.add_scheduled(introduced_on=today, due=NOON + 5 * DAY)
    learning: dict[str, Any] = {"state": 1, "step": 1, "last_review": NOON - minutes(10)}
    cards = {
        "L1": await study.add_scheduled("L1", **learning, due=NOON - minutes(2)),
        "L2": await study.add_scheduled("L2", **learning | {"state": 3, "step": 0}, due=NOON + minutes(7)),
    }
    for word, stability, elapsed, due in (
        ("A", 4, 9, NOON - 5 * DAY),
        ("B", 30, 31, NOON - DAY),
        ("C", 2, 3, NOON - DAY),
        ("G", 10, 9.75, NOON + timedelta(hours=6)),
        ("F", 10, 9, NOON + DAY + timedelta(hours=3)),
    ):
        cards[word] = await study.add_scheduled(word, stability=stability, last_review=NOON - elapsed * DAY, due=due)
    for word in ("N1", "N2"):
        cards[word] = await study.add_card(word)
    clock.now = NOON

    first = await study.next()
    assert first.counts.model_dump() == {"learning": 1, "review": 4, "new": 1, "learning_later": 1}
    assert await served(study) == ["L1", "A", "C", "B", "G", "N1"]

    answer = first
    for word in ("L1", "A", "C", "B", "G", "N1"):
        assert answer.status == "card"
        assert answer.card is not None
        assert answer.card.word == word
        clock.advance(timedelta(seconds=30))
        answer = (await study.rate(cards[word], 4)).next
    assert clock.now == NOON + minutes(3)
    assert answer.status == "waiting"
    assert answer.ready_at == NOON + minutes(7)
    assert answer.card is not None
    assert answer.card.word == "L2"

    clock.now = NOON + minutes(7)
    assert (await study.next()).status == "card"
    assert (await study.rate(cards["L2"], 3)).next.status == "done"


async def test_a_learning_card_comes_back_when_its_minute_has_come(study: Study, clock: FrozenClock) -> None:
    card = await study.add_card()
    answer = await study.rate(card, 1)
    assert answer.next.status == "waiting"
    assert answer.next.ready_at == clock.now + minutes(1)
    clock.advance(minutes(1))
    shown = await study.next()
    assert shown.card is not None
    assert (shown.status, shown.card.id) == ("card", card)


async def test_a_learning_card_later_than_ten_minutes_is_not_waited_for(study: Study) -> None:
    await study.add_scheduled(state=1, step=1, due=study.clock.now + minutes(11))
    answer = await study.next()
    assert answer.status == "done"
    assert answer.counts.learning_later == 1


async def test_suspended_and_deleted_cards_never_come(study: Study) -> None:
    await study.add_scheduled(suspended=True)
    for table, column in (("cards", "id"), ("decks", "id")):
        deck = uuid4()
        await study.add_deck(deck)
        cards = [await study.add_card(deck_id=deck), await study.add_scheduled(deck_id=deck)]
        for one in cards if table == "cards" else [deck]:
            await study.execute(f"update {table} set deleted_at = now() where {column} = $1", one)
    answer = await study.next("all")
    assert answer.status == "done"
    assert sum(answer.counts.model_dump().values()) == 0


async def test_scope_is_the_active_deck_a_named_one_or_all(study: Study) -> None:
    other = uuid4()
    await study.add_deck(other)
    await study.add_card("here")
    await study.add_card("there", other)
    assert await served(study) == ["here"]
    assert await served(study, other) == ["there"]
    assert await served(study, "all") == ["here", "there"]


async def test_modes(study: Study) -> None:
    await study.add_card("new")
    await study.add_scheduled("due")
    await study.add_scheduled("learning", state=1, step=0)
    assert await served(study, mode="mixed") == ["learning", "due", "new"]
    assert await served(study, mode="due") == ["learning", "due"]
    assert await served(study, mode="new") == ["new"]


async def test_new_cards_by_frequency(study: Study) -> None:
    for word, zipf in (("unknown", None), ("rare", 2.0), ("common", 6.0)):
        await study.add_card(word, frequency_zipf=zipf)
    assert await served(study) == ["unknown", "rare", "common"]
    await study.change_profile(new_card_order="frequency")
    assert await served(study) == ["common", "rare", "unknown"]


async def test_new_cards_of_many_decks_share_one_allowance(study: Study) -> None:
    other = uuid4()
    await study.add_deck(other)
    words = [f"{number}" for number in range(6)]
    for number, word in enumerate(words):
        await study.add_card(word, other if number % 2 else study.deck_id)
    await study.change_profile(new_cards_per_day=4)
    assert await served(study, "all") == words[:4]
    assert (await study.next("all")).counts.new == 4


async def test_no_new_cards_when_the_day_has_its_share(study: Study) -> None:
    await study.change_profile(new_cards_per_day=1)
    first, second = await study.add_card(), await study.add_card()
    answer = await study.rate(first, 4)
    assert (answer.next.status, answer.counts.new) == ("done", 0)
    study.clock.advance(DAY)
    tomorrow = await study.next()
    assert tomorrow.card is not None
    assert tomorrow.card.id == second


@pytest.mark.parametrize(
    ("zone", "now", "due", "is_shown"),
    [
        ("Europe/Moscow", datetime(2026, 3, 10, 0, 59, tzinfo=UTC), datetime(2026, 3, 10, 0, 59, 59, tzinfo=UTC), True),
        ("Europe/Moscow", datetime(2026, 3, 10, 0, 59, tzinfo=UTC), datetime(2026, 3, 10, 1, 0, tzinfo=UTC), False),
        ("Europe/Moscow", datetime(2026, 3, 10, 1, 0, tzinfo=UTC), datetime(2026, 3, 11, 0, 59, tzinfo=UTC), True),
        # Clocks go forward at 02:00 on 29 March: that learning day has 23 hours and ends at 02:00 UTC.
        ("Europe/Berlin", datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 1, 59, tzinfo=UTC), True),
        ("Europe/Berlin", datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 2, 0, tzinfo=UTC), False),
        # Clocks go back at 03:00 on 25 October: 25 hours, until 03:00 UTC.
        ("Europe/Berlin", datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 2, 59, tzinfo=UTC), True),
        ("Europe/Berlin", datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 3, 0, tzinfo=UTC), False),
        ("Pacific/Kiritimati", datetime(2026, 3, 10, 12, tzinfo=UTC), datetime(2026, 3, 10, 13, 59, tzinfo=UTC), True),
        ("Pacific/Kiritimati", datetime(2026, 3, 10, 12, tzinfo=UTC), datetime(2026, 3, 10, 14, 0, tzinfo=UTC), False),
    ],
)
async def test_review_cards_come_with_their_learning_day(
    study: Study, zone: str, now: datetime, due: datetime, is_shown: bool
) -> None:
    study.timezone = zone
    study.clock.now = now
    await study.add_scheduled(due=due, last_review=now - 5 * DAY)
    assert (await study.next()).status == ("card" if is_shown else "done")


async def test_the_side_follows_the_setting_and_is_drawn_at_each_showing(study: Study) -> None:
    await study.add_card()
    study.random = Random(1)
    assert {(await study.next()).side for _ in range(20)} == {"learning", "native"}
    for side in ("learning", "native"):
        await study.execute("update users set card_side = $2 where id = $1", study.user_id, side)
        assert {(await study.next()).side for _ in range(5)} == {side}


async def test_a_deck_studied_by_two_has_two_schedules(study: Study, floor: Floor, clock: FrozenClock) -> None:
    """Until decks can be shared, the other learner gets in by a row that only sharing will write."""
    card = await study.add_card()
    other = await newcomer(floor, clock)
    await other.take_up()
    await other.execute(
        "insert into card_progress (user_id, card_id, profile_id, state, step, due) values ($1, $2, $3, 1, 0, now())",
        other.user_id, card, other.profile_id,
    )  # fmt: skip
    await study.rate(card, 4)
    rows = await study.fetch("select user_id, reps from card_progress where card_id = $1", card)
    assert {(row["user_id"], row["reps"]) for row in rows} == {(study.user_id, 1), (other.user_id, 0)}


async def test_a_profile_is_needed_and_decks_of_others_are_unknown(
    study: Study, floor: Floor, clock: FrozenClock
) -> None:
    stranger = await newcomer(floor, clock)
    with pytest.raises(AppError) as refusal:
        await stranger.next()
    assert refusal.value.code is ErrorCode.PROFILE_NOT_FOUND
    await stranger.take_up()
    with pytest.raises(AppError) as refusal:
        await stranger.next(study.deck_id)
    assert refusal.value.code is ErrorCode.DECK_NOT_FOUND
