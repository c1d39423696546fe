"""Decks through the HTTP door (PRODUCT 3.2)."""

from uuid import UUID, uuid4

import pytest

from langagent.cards.decks.names import free_name
from langagent.core.database import Database
from tests.langagent.cards.conftest import Api, Take

ZERO = {"new": 0, "learning": 0, "review": 0, "relearning": 0, "suspended": 0}


async def test_a_new_profile_has_an_active_default_deck(api: Api) -> None:
    (deck,) = await api.decks()
    assert (deck["name"], deck["source"], deck["is_active"], deck["is_group"]) == ("My words", "default", True, False)
    assert deck["owner_id"] == str(api.learner.id)
    assert deck["cards_count"] == deck["new_cards_count"] == deck["due_cards_count"] == 0


async def test_a_created_deck_is_read_back(api: Api) -> None:
    created = await api.post("/api/decks", {"name": "  Food \t and  drink ", "description": "Line\nline"})
    assert created["name"] == "Food and drink"
    assert created["is_active"] is False
    assert await api.get(f"/api/decks/{created['id']}") == created
    assert created["stats"] == ZERO


async def test_the_active_deck_is_listed_first_then_the_oldest(api: Api) -> None:
    await api.deck("First")
    second = await api.deck("Second")
    await api.send("POST", f"/api/decks/{second}/activate")
    listed = await api.decks()
    assert [deck["name"] for deck in listed] == ["Second", "My words", "First"]
    assert [deck["is_active"] for deck in listed] == [True, False, False]
    assert await api.decks(scope="mine") == listed
    assert await api.decks(scope="group") == []


@pytest.mark.parametrize("name", ["My words", "MY WORDS", " my  words "])
async def test_a_used_name_is_refused(api: Api, name: str) -> None:
    assert await api.refused("POST", "/api/decks", 409, json={"name": name}) == ("CONFLICT", {"name": "used"})
    deck_id = await api.deck("Other")
    assert await api.refused("PATCH", f"/api/decks/{deck_id}", 409, json={"name": name}) == (
        "CONFLICT",
        {"name": "used"},
    )
    assert (await api.get(f"/api/decks/{deck_id}"))["name"] == "Other"


async def test_a_name_is_free_again_after_deletion(api: Api) -> None:
    await api.delete(f"/api/decks/{await api.deck('Food')}")
    await api.deck("Food")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "   "},
        {"name": "x" * 101},
        {"name": 5},
        {"name": "a\x00b"},
        {"name": "a\x1bb"},
        {"name": "ok", "colour": "red"},
        {"name": "ok", "description": "x" * 501},
        {"name": "ok", "profile_id": "nobody"},
        {"name": "\ufb2c" * 50},
    ],
)
async def test_a_malformed_deck_is_refused(api: Api, body: dict[str, object]) -> None:
    code, details = await api.refused("POST", "/api/decks", 422, json=body)
    assert code == "VALIDATION_ERROR"
    assert details
    assert len(await api.decks()) == 1


async def test_a_deck_is_renamed_and_described(api: Api) -> None:
    deck_id = await api.deck("Food")
    await api.patch(f"/api/decks/{deck_id}", {"name": "Еда 🍞"})
    changed = await api.patch(f"/api/decks/{deck_id}", {"description": "שלום"})
    assert (changed["name"], changed["description"]) == ("Еда 🍞", "שלום")
    assert await api.get(f"/api/decks/{deck_id}") == changed
    await api.patch(f"/api/decks/{deck_id}", {}, 422)


async def test_deleting_a_deck_takes_its_cards_and_activates_another(api: Api) -> None:
    deck_id = await api.deck("Food")
    await api.send("POST", f"/api/decks/{deck_id}/activate")
    (card,) = await api.write("pan", deck_id=deck_id)
    await api.delete(f"/api/decks/{deck_id}")
    (left,) = await api.decks()
    assert (left["name"], left["is_active"]) == ("My words", True)
    assert await api.refused("GET", f"/api/cards/{card['id']}", 404) == ("CARD_NOT_FOUND", None)
    assert await api.refused("GET", f"/api/decks/{deck_id}", 404) == ("DECK_NOT_FOUND", None)
    assert await api.words() == []
    await api.write("pan")


async def test_the_last_deck_stays(api: Api) -> None:
    (deck,) = await api.decks()
    await api.write("pan")
    assert (await api.refused("DELETE", f"/api/decks/{deck['id']}", 400))[0] == "LAST_DECK"
    assert await api.words() == ["pan"]


async def test_two_deletions_at_once_leave_one_deck(api: Api) -> None:
    (default,) = await api.decks()
    ids = [default["id"], await api.deck("Other")]
    responses = await api.at_once(*(("DELETE", f"/api/decks/{deck_id}", None) for deck_id in ids))
    assert sorted(response.status_code for response in responses) == [204, 400]
    (left,) = await api.decks()
    assert left["is_active"] is True


async def test_two_creations_of_one_name_at_once_make_one_deck(api: Api) -> None:
    responses = await api.at_once(*[("POST", "/api/decks", {"name": "Same"})] * 5)
    assert sorted(response.status_code for response in responses) == [201, 409, 409, 409, 409]


async def test_no_card_outlives_a_deck_that_is_deleted_meanwhile(api: Api, database: Database) -> None:
    for number in range(5):
        deck_id = await api.deck(f"Deck {number}")
        cards = [{"word": word, "translation": "x"} for word in ("uno", "dos", "tres")]
        await api.at_once(
            ("POST", "/api/cards", {"cards": cards, "deck_id": deck_id}), ("DELETE", f"/api/decks/{deck_id}", None)
        )
        async with database.connection() as connection:
            assert await connection.fetchval("select count(*) from cards where deleted_at is null") == 0


async def test_counts_follow_the_readers_schedules(api: Api, database: Database) -> None:
    ids = [UUID(card["id"]) for card in await api.write("uno", "dos", "tres", "cuatro", "cinco", "seis")]
    rows = [
        (ids[0], 1, 0, "- interval '1 minute'", 1, False),
        (ids[1], 3, 0, "+ interval '5 minutes'", 1, False),
        (ids[2], 2, None, "- interval '1 day'", 3, False),
        (ids[3], 2, None, "+ interval '2 days'", 4, False),
        (ids[4], 2, None, "- interval '1 day'", 2, True),
    ]
    async with database.connection() as connection:
        for card_id, state, step, due, rating, suspended in rows:
            await connection.execute(
                f"""
                insert into card_progress (user_id, card_id, profile_id, state, step, stability, difficulty, due,
                    last_review, scheduled_days, reps, last_rating, suspended, introduced_on)
                select p.user_id, c.id, p.id, $2, $3, 5, 5, now() {due}, now() - interval '3 days', 3, 1, $4, $5,
                    current_date - 3
                from cards c join language_profiles p on p.id = c.profile_id where c.id = $1
                """,
                card_id, state, step, rating, suspended,
            )  # fmt: skip
    (deck,) = await api.decks()
    assert (deck["cards_count"], deck["new_cards_count"], deck["due_cards_count"]) == (6, 1, 2)
    detail = await api.get(f"/api/decks/{deck['id']}")
    assert detail["stats"] == {"new": 1, "learning": 1, "review": 2, "relearning": 1, "suspended": 1}
    assert detail["ratings"] == {"again": 2, "hard": 1, "good": 1, "easy": 1}
    for status, words in {"new": ["seis"], "review": ["cuatro", "tres"], "suspended": ["cinco"]}.items():
        assert await api.words(status=status) == words


async def test_a_copy_of_an_own_deck_skips_what_the_profile_has(api: Api) -> None:
    (card,) = await api.write("pan")
    copied = await api.post(f"/api/decks/{card['deck_id']}/copy")
    assert copied["deck"]["name"] == "My words 2"
    assert copied["deck"]["source"] == f"copy:{card['deck_id']}"
    assert (copied["copied"], copied["skipped"]) == (0, [{"word": "pan", "card_id": card["id"]}])
    named = await api.post(f"/api/decks/{card['deck_id']}/copy", {"name": "Copy"})
    assert named["deck"]["name"] == "Copy"
    assert (await api.refused("POST", f"/api/decks/{card['deck_id']}/copy", 409, json={"name": "Copy"}))[
        0
    ] == "CONFLICT"


async def test_decks_go_with_their_profile(api: Api, take: Take, database: Database) -> None:
    profile = await api.post("/api/profiles", {"language": "it", "current_level": "A1"})
    deck = (await api.decks(profile_id=profile["id"]))[0]
    (card,) = await api.write("pane", deck_id=deck["id"])
    await api.delete(f"/api/profiles/{profile['id']}")
    await api.get(f"/api/decks/{deck['id']}", 404)
    await api.get(f"/api/cards/{card['id']}", 404)
    async with database.connection() as connection:
        left = await connection.fetchval(
            "select count(*) from cards where profile_id = $1 and deleted_at is null", UUID(profile["id"])
        )
    assert left == 0


@pytest.mark.parametrize(
    ("method", "suffix", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", {"name": "Mine now"}),
        ("DELETE", "", None),
        ("POST", "/activate", None),
        ("POST", "/copy", {}),
    ],
)
async def test_decks_of_others_do_not_exist(api: Api, stranger: Api, method: str, suffix: str, body: object) -> None:
    (deck,) = await stranger.decks()
    for deck_id in (deck["id"], uuid4()):
        assert await api.refused(method, f"/api/decks/{deck_id}{suffix}", 404, json=body) == ("DECK_NOT_FOUND", None)
    assert await stranger.decks() == [deck]
    assert len(await api.decks()) == 1


async def test_profiles_of_others_do_not_exist(api: Api, stranger: Api) -> None:
    profile_id = (await stranger.decks())[0]["profile_id"]
    refused = ("PROFILE_NOT_FOUND", None)
    assert await api.refused("GET", "/api/decks", 404, params={"profile_id": profile_id}) == refused
    assert await api.refused("POST", "/api/decks", 404, json={"name": "x", "profile_id": profile_id}) == refused


def test_free_names_are_numbered_and_fit() -> None:
    assert free_name("Food", set()) == "Food"
    assert free_name("Food", {"food", "food 2"}) == "Food 3"
    assert free_name("x" * 100, {"x" * 100}) == "x" * 98 + " 2"
