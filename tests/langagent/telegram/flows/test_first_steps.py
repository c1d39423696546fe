"""From /start to ten rated cards, in both languages."""

import pytest

from emulators.telegram.models import Person
from emulators.telegram.params import Upload
from langagent.core.database import Database
from langagent.core.redis import Cache
from langagent.settings import Settings
from tests.langagent.telegram.flows.conftest import labels, newest_data
from tests.langagent.telegram.talk import ANNA, EMMA, Talk

RATED = "select count(*), count(distinct session_id), bool_and(source = 'bot') from card_reviews"


@pytest.mark.parametrize(
    ("person", "begin", "starter", "next_card", "rated", "done"),
    [
        (ANNA, "Настроить здесь", "Да, добавить", "Следующая карточка", "✅ Знаю, снова через 10 минут", "Испанский: A1 → B1."),  # noqa: E501
        (EMMA, "Set up here", "Yes, add it", "Next card", "✅ Good, again in 10 minutes", "Spanish: A1 → B1."),
    ],
)  # fmt: skip
async def test_to_ten_rated_cards(
    talk: Talk, database: Database, person: Person, begin: str, starter: str, next_card: str, rated: str, done: str
) -> None:
    await talk.say(person, "/start")
    assert person.first_name in talk.texts(person)[0]
    for button in (begin, "onb:language:es", "A1", "B1", "onb:goal:travel:1", "onb:goal:work:1", "onb:starter"):
        await talk.press(person, button)
    await talk.press(person, starter)
    assert talk.texts(person) == [f"✅ {'Готово' if person is ANNA else 'All set'}. {done}"]
    await talk.press(person, "practice")
    for number in range(10):
        await talk.press(person, newest_data(talk, person, "card.flip"))
        await talk.press(person, newest_data(talk, person, "card.rate").replace(":1:0", ":3:0"))
        assert talk.texts(person)[-1].endswith(rated)
        if number < 9:
            await talk.press(person, next_card)
    async with database.connection() as connection:
        assert tuple(await connection.fetchrow(RATED)) == (10, 1, True)
        profile = await connection.fetchrow("select current_level, target_level, goals from language_profiles")
        consent = await connection.fetchval("select consent_version from users")
    assert tuple(profile) == ("A1", "B1", ["travel", "work"])
    assert consent is not None
    assert len(talk.messages(person)) == 2


async def test_a_name_with_markup_is_shown_as_it_is(talk: Talk) -> None:
    odd = talk.emulator.people.add(Person(100200302, "_*<b>&amp;", "", "odd", "en"))
    await talk.say(odd, "/start")
    assert talk.texts(odd)[0].startswith("Hello, _*<b>&amp;!")


async def test_the_language_of_the_chat_can_be_changed_first(talk: Talk) -> None:
    await talk.say(ANNA, "/start")
    await talk.press(ANNA, "onb:start")
    await talk.press(ANNA, "🌐 English")
    assert talk.texts(ANNA) == ["Which language do you learn?"]
    await talk.press(ANNA, "All languages")
    await talk.press(ANNA, "onb:language:ka")
    await talk.press(ANNA, "onb:level:C2")
    await talk.press(ANNA, "Skip")
    assert talk.texts(ANNA)[0].startswith("✅ All set. Georgian: C2.\n\nAdd your first words")


async def test_what_was_written_before_there_was_a_profile_is_answered_after_it(talk: Talk) -> None:
    await talk.say(EMMA, "add el agua, el pan to my cards")
    assert talk.texts(EMMA)[0].endswith("then come back to it.")
    for button in ("onb:start", "onb:language:es", "onb:level:A1", "onb:starter", "onb:starter:0"):
        await talk.press(EMMA, button)
    assert talk.texts(EMMA)[-1] == "You asked to add: el agua, el pan"
    await talk.press(EMMA, "Add to cards")
    assert [text.split("\n")[2].split(" [")[0] for text in talk.texts(EMMA)[-2:]] == ["el agua", "el pan"]


@pytest.mark.parametrize("command", ["/cards", "/quick_review", "/decks", "/add_deck A", "/add_card sol", "/profile"])
async def test_without_a_profile_every_command_leads_to_one(talk: Talk, command: str) -> None:
    await talk.say(EMMA, command)
    assert talk.texts(EMMA)[0].startswith("Hello, Emma!")


async def test_a_deep_link_is_opened_after_the_set_up(talk: Talk) -> None:
    await talk.say(EMMA, "/start card-0TMXp8QPR6yGvKuV2GZQ10")
    for button in ("onb:start", "onb:language:es", "onb:level:A1", "onb:starter", "onb:starter:0"):
        await talk.press(EMMA, button)
    (button,) = talk.messages(EMMA)[-1]["reply_markup"]["inline_keyboard"][0]
    assert button["web_app"]["url"].endswith("/?go=card-0TMXp8QPR6yGvKuV2GZQ10")


async def test_what_came_before_the_profile_outlives_what_comes_between(talk: Talk) -> None:
    await talk.say(EMMA, "/start card-0TMXp8QPR6yGvKuV2GZQ10")
    await talk.say(EMMA, "add el agua to my cards")
    await talk.say(EMMA, "/help")
    for button in ("onb:start", "onb:language:es", "onb:level:A1", "onb:starter", "onb:starter:0"):
        await talk.press(EMMA, button)
    opened, asked = talk.messages(EMMA)[-2:]
    (button,) = opened["reply_markup"]["inline_keyboard"][0]
    assert button["web_app"]["url"].endswith("/?go=card-0TMXp8QPR6yGvKuV2GZQ10")
    assert asked["text"] == "You asked to add: el agua"


async def test_a_link_to_home_leaves_nothing_to_open(talk: Talk) -> None:
    await talk.say(EMMA, "/start home")
    for button in ("onb:start", "onb:language:es", "onb:level:A1", "onb:starter", "onb:starter:0"):
        await talk.press(EMMA, button)
    assert len(talk.messages(EMMA)) == 1


async def test_set_up_is_of_no_use_twice(talk: Talk, emma: Person) -> None:
    await talk.say(emma, "/start")
    assert talk.texts(emma)[-1] == "Welcome back, Emma!\n\n🇪🇸 Spanish: A1 → A2"


async def test_a_button_of_the_set_up_is_gone_when_a_profile_exists(talk: Talk) -> None:
    await talk.say(EMMA, "/start")
    await talk.say(EMMA, "/start")
    messages = talk.messages(EMMA)
    for button in ("onb:start", "onb:language:es", "onb:level:A1", "onb:starter", "onb:starter:0"):
        await talk.press(EMMA, button)
    query, _ = talk.emulator.people.press(EMMA.id, messages[0]["message_id"], "onb:start")
    await talk.quiet()
    assert query.answer == {"text": "This is no longer available.", "show_alert": True}


async def test_goals_are_chosen_and_unchosen(talk: Talk, database: Database) -> None:
    await talk.say(EMMA, "/start")
    for button in ("onb:start", "onb:language:fr", "B2", "C1", "Travel", "Work", "✓ Travel"):
        await talk.press(EMMA, button)
    assert {"Travel", "✓ Work", "Continue"} < set(labels(talk, EMMA))
    await talk.press(EMMA, "Continue")
    async with database.connection() as connection:
        profile = await connection.fetchrow(
            "select language, current_level, target_level, goals from language_profiles"
        )
    assert tuple(profile) == ("fr", "B2", "C1", ["work"])


@pytest.mark.parametrize("button", ["A1", "Skip"])
async def test_a_draft_that_redis_lost_is_begun_again(talk: Talk, settings: Settings, button: str) -> None:
    await talk.say(EMMA, "/start")
    for pressed in ("onb:start", "onb:language:es", *(["A2"] if button == "Skip" else [])):
        await talk.press(EMMA, pressed)
    cache = Cache(settings.redis_url)
    await cache.ask(None, "FLUSHDB")
    await cache.close()
    await talk.press(EMMA, button)
    assert talk.texts(EMMA) == ["Which language do you learn?"]


async def test_a_voice_message_without_a_profile_leads_to_one(talk: Talk) -> None:
    talk.emulator.people.send_file(EMMA.id, "voice", Upload("voice.ogg", "audio/ogg", b"OggS"))
    await talk.quiet()
    assert talk.texts(EMMA)[0].startswith("Hello, Emma!")
