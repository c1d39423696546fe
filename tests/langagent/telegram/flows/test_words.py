"""Words made into cards in the chat."""

from dataclasses import replace

import pytest

from emulators.telegram.models import Person
from langagent.core.database import Database
from langagent.settings import Settings
from tests.langagent.telegram.flows.conftest import labels
from tests.langagent.telegram.talk import Talk


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, trial_days=0, plan_limits_json='{"free": {"cards": 3}}')


async def words(database: Database) -> list[str]:
    async with database.connection() as connection:
        return [
            row[0] for row in await connection.fetch("select word from cards where deleted_at is null order by word")
        ]


async def test_every_card_is_a_message_that_can_delete_it(talk: Talk, emma: Person, database: Database) -> None:
    await talk.say(emma, '/add_card pan "buenos días"')
    assert [text.split("\n")[0] for text in talk.texts(emma)[-2:]] == ["🗂 New card", "🗂 New card"]
    assert [labels(talk, emma, position) for position in (-2, -1)] == [["Delete"], ["Delete"]]
    await talk.press(emma, "Delete")
    assert talk.texts(emma)[-1] == "Deleted: buenos días"
    assert await words(database) == ["el pan"]


async def test_a_duplicate_names_the_card(talk: Talk, emma: Person, database: Database) -> None:
    await talk.say(emma, "/add_card pan")
    await talk.say(emma, "/add_card panes")
    assert talk.texts(emma)[-1] == "You have this card already: el pan — bread"
    assert await words(database) == ["el pan"]


async def test_an_unknown_word_asks_for_its_translation(talk: Talk, emma: Person, database: Database) -> None:
    await talk.say(emma, "/add_card murciélago jamón pan")
    assert talk.texts(emma)[-1].startswith("I do not know murciélago without the tutor.")
    await talk.say(emma, "x" * 201)
    assert talk.texts(emma)[-1] == "A translation has 1 to 200 characters in one line. How does murciélago translate?"
    await talk.say(emma, "bat & <mouse>")
    assert "bat & <mouse>" in talk.texts(emma)[-2]
    await talk.press(emma, "Skip")
    assert talk.texts(emma)[-1] == "Skipped: jamón"
    assert await words(database) == ["el pan", "murciélago"]
    await talk.say(emma, "ham")
    assert talk.texts(emma)[-1].startswith("The tutor cannot answer now.")


async def test_asking_can_be_cancelled(talk: Talk, emma: Person, database: Database) -> None:
    await talk.say(emma, "/add_card murciélago")
    await talk.press(emma, "Cancel")
    await talk.say(emma, "bat")
    assert await words(database) == []
    await talk.say(emma, "/add_card murciélago")
    await talk.say(emma, "/cancel")
    await talk.say(emma, "/cancel")
    assert talk.texts(emma)[-2:] == ["All right, cancelled.", "There is nothing to cancel."]


async def test_words_can_be_asked_for_in_a_sentence(talk: Talk, emma: Person, database: Database) -> None:
    await talk.say(emma, "Please add “el pan”, leche to my cards.")
    await talk.say(emma, "добавь слово agua в карточки")
    assert await words(database) == ["el agua", "el pan", "la leche"]


async def test_the_limit_of_the_plan_says_what_to_do(talk: Talk, emma: Person, database: Database) -> None:
    await talk.say(emma, "/add_card pan leche agua casa")
    assert talk.texts(emma)[-1].startswith(
        "There is not enough room: 0 of the 3 cards of your plan are used. Nothing was added."
    )
    assert labels(talk, emma) == ["See plans"]
    await talk.say(emma, "/add_card pan leche agua")
    assert talk.texts(emma)[-1] == "⚠️ Your plan has room for few more cards: 3 of 3 are used."
    await talk.say(emma, "/add_card casa")
    assert talk.texts(emma)[-1].startswith("There is not enough room: 3 of the 3 cards")


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/add_card", "Write words after the command"),
        ('/add_card " "', "Write words after the command"),
        ("/add_card " + "x" * 101, "One of the words is too long"),
        ("/add_card " + "x " * 21, "Too many words"),
    ],
)
async def test_what_cannot_be_added_is_explained(
    talk: Talk, emma: Person, database: Database, command: str, answer: str
) -> None:
    await talk.say(emma, command)
    assert talk.texts(emma)[-1].startswith(answer)
    assert await words(database) == []
