"""Studying in the chat: stale buttons, undo, sessions, quick reviews, nothing left."""

from datetime import UTC, datetime, timedelta

import pytest

from emulators.telegram.models import Person
from langagent.core.database import Database
from tests.langagent.conftest import FrozenClock
from tests.langagent.telegram.flows.conftest import labels, newest_data
from tests.langagent.telegram.talk import Talk

GONE = {"text": "This is no longer available.", "show_alert": True}
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOON)


async def own_cards(talk: Talk, person: Person, number: int = 1) -> None:
    await talk.say(person, "/add_card " + " ".join(("pan", "leche", "agua", "casa")[:number]))


async def study(talk: Talk, person: Person, rating: int = 3) -> None:
    """Flips and rates the card that is shown."""
    await talk.press(person, newest_data(talk, person, "card.flip"))
    await talk.press(person, rate_button(talk, person, rating))


def rate_button(talk: Talk, person: Person, rating: int) -> str:
    verb, card, _, *rest = newest_data(talk, person, "card.rate").split(":")
    return ":".join([verb, card, str(rating), *rest])


async def test_the_front_has_one_side_and_the_back_both(talk: Talk, emma: Person, database: Database) -> None:
    await own_cards(talk, emma)
    async with database.connection() as connection:
        await connection.execute("update users set card_side = 'native'")
    await talk.say(emma, "/study")
    assert talk.texts(emma)[-1].split("\n")[0] == "bread"
    assert "pan" not in talk.texts(emma)[-1]
    await talk.press(emma, "Show")
    assert talk.texts(emma)[-1].startswith("el pan [el ˈpan]\nbread\n\nCompramos pan")
    assert labels(talk, emma) == ["Again 1m", "Hard 6m", "Good 10m", "Easy 8d"]
    (row,) = talk.messages(emma)[-1]["reply_markup"]["inline_keyboard"]
    assert len(row) == 4


async def test_an_old_message_cannot_rate_again(talk: Talk, emma: Person, database: Database) -> None:
    await own_cards(talk, emma)
    await talk.say(emma, "/cards")
    await talk.say(emma, "/cards")
    older, newer = talk.messages(emma)[-2:]
    flip = newest_data(talk, emma, "card.flip")
    for message in (older, newer):
        talk.emulator.people.press(emma.id, message["message_id"], flip)
        await talk.quiet()
    rate = rate_button(talk, emma, 3)
    talk.emulator.people.press(emma.id, newer["message_id"], rate)
    await talk.quiet()
    query, _ = talk.emulator.people.press(emma.id, older["message_id"], rate)
    await talk.quiet()
    assert query.answer == GONE
    assert labels(talk, emma, -2) == []
    async with database.connection() as connection:
        assert await connection.fetchval("select count(*) from card_reviews") == 1


async def test_a_deleted_card_is_gone(talk: Talk, emma: Person) -> None:
    await own_cards(talk, emma)
    await talk.say(emma, "/cards")
    await talk.press(emma, "Delete")
    assert (await talk.press(emma, "Show")).answer == GONE


async def test_undo_shows_the_card_again(talk: Talk, emma: Person, database: Database) -> None:
    await own_cards(talk, emma)
    await talk.say(emma, "/cards")
    await study(talk, emma)
    await talk.press(emma, "Undo")
    assert labels(talk, emma)[2] == "Good 10m"
    async with database.connection() as connection:
        assert await connection.fetchval("select count(*) from card_progress") == 0
    await talk.press(emma, rate_button(talk, emma, 4))
    assert talk.texts(emma)[-1].startswith("el pan — bread\n✅ Easy, again in ")


async def test_undo_with_nothing_to_undo_says_so(talk: Talk, emma: Person, database: Database) -> None:
    await own_cards(talk, emma)
    await talk.say(emma, "/cards")
    await study(talk, emma)
    async with database.connection() as connection:
        await connection.execute("update card_reviews set undone_at = now()")
    assert (await talk.press(emma, "Undo")).answer == {"text": "There is nothing to undo.", "show_alert": True}


async def test_no_card_at_all_and_nothing_left_are_different(talk: Talk, emma: Person, database: Database) -> None:
    await talk.say(emma, "/cards")
    assert talk.texts(emma)[-1].startswith("You have no cards yet.")
    await own_cards(talk, emma, 2)
    await talk.say(emma, "/cards")
    await study(talk, emma, 4)
    await talk.press(emma, "Next card")
    await study(talk, emma, 4)
    async with database.connection() as connection:
        await connection.execute("update card_progress set due = $1", NOON + timedelta(days=8))
    await talk.press(emma, "Next card")
    assert talk.texts(emma)[-1] == (
        "🎉 That is all for now, well done!\n\nThis time 2 cards:\nEasy: 2\n\nNext cards: December 2."
    )


async def test_while_a_card_is_learnt_it_may_be_shown_early(talk: Talk, anna: Person, database: Database) -> None:
    await talk.say(anna, "/add_card pan")
    async with database.connection() as connection:
        await connection.execute("delete from cards where source = 'starter' and word <> 'el pan'")
    await talk.say(anna, "/cards")
    await study(talk, anna)
    await talk.press(anna, "Следующая карточка")
    assert talk.texts(anna)[-1].endswith("Она придёт сегодня в 15:10.")
    await talk.press(anna, "Показать сейчас")
    assert labels(talk, anna) == ["Показать"]


async def test_after_a_pause_the_last_session_is_told(talk: Talk, emma: Person, clock: FrozenClock) -> None:
    await own_cards(talk, emma, 4)
    await talk.say(emma, "/cards")
    for rating in (1, 3):
        await study(talk, emma, rating)
        await talk.press(emma, "Next card")
    clock.advance(timedelta(minutes=29))
    await talk.say(emma, "/cards")
    assert "Last time" not in talk.texts(emma)[-1]
    clock.advance(timedelta(minutes=1))
    await talk.say(emma, "/cards")
    assert talk.texts(emma)[-1].startswith("Last time: Again: 1, Good: 1\n\n")


async def test_a_quick_review_has_no_new_cards_and_ends(
    talk: Talk, anna: Person, clock: FrozenClock, database: Database
) -> None:
    await talk.say(anna, "/quick_review")
    assert talk.texts(anna)[-1] == "Повторять пока нечего. Зато есть новые карточки."
    await talk.press(anna, "Учить новые")
    for _ in range(12):
        await study(talk, anna, 4)
        await talk.press(anna, "Следующая карточка")
    clock.advance(timedelta(days=30))
    await talk.say(anna, "/quick_review")
    for _ in range(10):
        await study(talk, anna, 3)
        last = talk.texts(anna)[-1]
        await talk.press(anna, "Следующая карточка")
    assert last.endswith("Короткое повторение закончено: 10 карточек.")
    async with database.connection() as connection:
        assert await connection.fetchval("select count(*) from card_progress") == 12


async def test_a_quick_review_does_not_wait_for_a_card(talk: Talk, emma: Person) -> None:
    await own_cards(talk, emma)
    await talk.say(emma, "/cards")
    await study(talk, emma)
    await talk.say(emma, "/quick_review")
    assert talk.texts(emma)[-1].endswith("This time 1 card:\nGood: 1\n\nNext cards: today at 12:10.")


async def test_a_leech_is_put_aside_and_says_so(
    talk: Talk, emma: Person, clock: FrozenClock, database: Database
) -> None:
    await own_cards(talk, emma)
    await talk.say(emma, "/cards")
    await study(talk, emma, 4)
    async with database.connection() as connection:
        await connection.execute("update card_progress set lapses = 7")
    clock.advance(timedelta(days=30))
    await talk.press(emma, "Next card")
    await study(talk, emma, 1)
    assert "Forgotten 8 times" in talk.texts(emma)[-1]
    assert labels(talk, emma) == ["Open the card", "Next card", "Undo"]


@pytest.mark.parametrize(
    "data", ["card.rate", "card.rate:x:3:0", "card.rate:{card}:9:0", "card.flip:{card}:-1", "deck.page:x"]
)
async def test_forged_buttons_do_nothing(talk: Talk, emma: Person, data: str, database: Database) -> None:
    await own_cards(talk, emma)
    card = newest_data(talk, emma, "card.del").partition(":")[2]
    chat = talk.emulator.people.chat(emma.id)
    message = chat.messages[talk.messages(emma)[-1]["message_id"]]
    message.inline_keyboard()[0][0]["callback_data"] = data.format(card=card)
    query, _ = talk.emulator.people.press(emma.id, message.json()["message_id"], data.format(card=card))
    await talk.quiet()
    assert query.answer is not None
    assert query.answer["show_alert"]
    async with database.connection() as connection:
        assert await connection.fetchval("select count(*) from card_reviews") == 0
