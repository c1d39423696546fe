"""Cards through the HTTP door (PRODUCT 3.3): read, list, search, edit, move, delete."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from langagent.core.database import Database
from tests.langagent.cards.conftest import Api

ARABIC, EMOJI = "مرحبا", "👩‍🚀 café"


async def test_a_card_is_read_back_whole(api: Api) -> None:
    content: dict[str, Any] = {
        "example": "Como pan.",
        "example_translation": "I eat bread.",
        "notes": "Line\nline",
        "part_of_speech": "noun",
        "gender": "m",
        "transcription": "pan",
        "tags": ["food", "a1"],
    }
    (created,) = await api.write("el pan", **content)
    detail = await api.get(f"/api/cards/{created['id']}")
    assert detail == created | {"history": []}
    assert {name: created[name] for name in content} == content
    assert (created["word"], created["lemma"], created["source"]) == ("el pan", "pan", "manual")
    assert (created["status"], created["due"], created["reviews_count"]) == ("new", None, 0)
    assert created["translation_language"] == "en"


async def test_a_list_goes_on_from_its_cursor(api: Api) -> None:
    words = ["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete"]
    deck_id = (await api.write(*words))[0]["deck_id"]
    seen, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        params = {"deck_id": deck_id, "limit": 3} | ({"cursor": cursor} if cursor else {})
        page = await api.get("/api/cards", **params)
        seen += [card["word"] for card in page["data"]]
        cursor, pages = page["pagination"]["next_cursor"], pages + 1
        assert page["pagination"]["has_more"] == (cursor is not None)
    assert (seen, pages) == (words[::-1], 3)


async def test_a_cursor_holds_while_newer_cards_come(api: Api) -> None:
    await api.write("uno", "dos", "tres")
    page = await api.get("/api/cards", deck_id="all", limit=2)
    await api.write("cuatro")
    rest = await api.get("/api/cards", deck_id="all", cursor=page["pagination"]["next_cursor"])
    assert [card["word"] for card in rest["data"]] == ["uno"]


async def test_forged_and_borrowed_cursors_are_refused(api: Api, stranger: Api) -> None:
    await api.write("uno", "dos")
    other = await api.deck("Other")
    cursor = (await api.get("/api/cards", deck_id="all", limit=1))["pagination"]["next_cursor"]
    forged = [cursor[:-2] + ("aa" if cursor[-2:] != "aa" else "bb"), cursor[::-1], "x", "%", "é", "A" * 400]
    refused = ("VALIDATION_ERROR", {"cursor": "invalid"})
    for text in forged:
        assert await api.refused("GET", "/api/cards", 422, params={"deck_id": "all", "cursor": text}) == refused
    assert await api.refused("GET", "/api/cards", 422, params={"deck_id": other, "cursor": cursor}) == refused
    assert await stranger.refused("GET", "/api/cards", 422, params={"deck_id": "all", "cursor": cursor}) == refused


async def test_all_means_the_active_profile(api: Api) -> None:
    await api.write("uno")
    await api.write("dos", deck_id=await api.deck("Other"))
    italian = await api.post("/api/profiles", {"language": "it", "current_level": "A1"})
    assert await api.words() == ["dos", "uno"]
    await api.send("POST", f"/api/profiles/{italian['id']}/activate")
    assert await api.words() == []


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("gato", ["el gato"]),
        ("GATO", ["el gato"]),
        ("translation of el", ["el gato"]),
        ("ejemplo", ["100%"]),
        ("%", ["100%"]),
        ("_", ["a_b"]),
        ("\\", ["c\\d"]),
        ("'", ["l'eau"]),
        ('"; drop table cards; --', []),
        (ARABIC, [ARABIC]),
        ("🚀", [EMOJI]),
        ("cafe\u0301", [EMOJI]),
        ("x" * 200, []),
        (" gato ", ["el gato"]),
        ("$1", []),
        ("{}", []),
    ],
)
async def test_search_takes_text_as_it_is(api: Api, search: str, found: list[str]) -> None:
    await api.write("el gato", "a_b", "c\\d", "l'eau", ARABIC, EMOJI)
    await api.write("100%", example="Un ejemplo.")
    assert await api.words(search=search) == found


@pytest.mark.parametrize("search", ["", "   ", "x" * 201, "a\x00b", "\x1b[0m"])
async def test_senseless_searches_are_refused(api: Api, search: str) -> None:
    code, details = await api.refused("GET", "/api/cards", 422, params={"deck_id": "all", "search": search})
    assert (code, list(details)) == ("VALIDATION_ERROR", ["search"])


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"deck_id": "some"},
        {"deck_id": "all", "status": "old"},
        {"deck_id": "all", "limit": 0},
        {"deck_id": "all", "limit": 101},
        {"deck_id": "all", "offset": 5},
    ],
)
async def test_malformed_lists_are_refused(api: Api, params: dict[str, Any]) -> None:
    assert (await api.refused("GET", "/api/cards", 422, params=params))[0] == "VALIDATION_ERROR"


async def test_broken_unicode_is_refused_or_found_nowhere(api: Api) -> None:
    answer = await api.learner.send("GET", "/api/cards?deck_id=all&search=%ED%A0%80%FF")
    assert (answer.status_code, answer.json()["data"]) == (200, [])
    broken = b'{"cards": [{"word": "\\ud800", "translation": "x"}]}'
    json = {"Content-Type": "application/json"}
    assert (await api.learner.send("POST", "/api/cards", content=broken, headers=json)).status_code == 422


async def test_search_stays_in_its_deck(api: Api) -> None:
    other = await api.deck("Other")
    await api.write("gato")
    await api.write("gata salvaje", deck_id=other)
    assert await api.words(other, search="gat") == ["gata salvaje"]


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"translation": " cat "}, {"translation": "cat"}),
        ({"example": "Un gato.", "example_translation": "A cat."}, {"example": "Un gato."}),
        ({"notes": ""}, {"notes": ""}),
        ({"transcription": ""}, {"transcription": None}),
        ({"tags": ["x", "y"]}, {"tags": ["x", "y"]}),
        ({"tags": []}, {"tags": []}),
        ({"word": "la gata"}, {"word": "la gata"}),
        ({"word": "los perros"}, {"word": "los perros", "lemma": "perro"}),
    ],
)
async def test_a_change_is_read_back_and_leaves_the_rest(
    api: Api, change: dict[str, Any], shown: dict[str, Any]
) -> None:
    (before,) = await api.write("el gato", notes="n", transcription="t", tags=["z"])
    changed = await api.patch(f"/api/cards/{before['id']}", change)
    after = await api.get(f"/api/cards/{before['id']}")
    assert after == changed | {"history": []}
    assert shown.items() <= after.items()
    untouched = before.keys() - change.keys() - {"lemma", "frequency", "updated_at"}
    assert {name: after[name] for name in untouched} == {name: before[name] for name in untouched}
    assert after["updated_at"] != before["updated_at"]


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"word": ""},
        {"word": None},
        {"word": "x" * 101},
        {"translation": "x" * 201},
        {"example": "x" * 501},
        {"notes": "x" * 1001},
        {"tags": ["x"] * 21},
        {"tags": ["x" * 51]},
        {"tags": "x"},
        {"notes": "\x00"},
        {"lemma": "x"},
        {"source": "chat"},
        {"deck_id": 5},
    ],
)
async def test_a_malformed_change_changes_nothing(api: Api, change: dict[str, Any]) -> None:
    (card,) = await api.write("gato")
    assert (await api.refused("PATCH", f"/api/cards/{card['id']}", 422, json=change))[0] == "VALIDATION_ERROR"
    assert await api.get(f"/api/cards/{card['id']}") == card | {"history": []}


async def test_another_word_has_a_frequency_of_its_own(api: Api) -> None:
    (card,) = await api.write("zzyzx")
    assert card["frequency"] is None
    changed = await api.send("PATCH", f"/api/cards/{card['id']}", 200, json={"word": "la casa"})
    assert changed["frequency"] == "very_common"


async def test_a_word_that_another_card_has_is_refused(api: Api) -> None:
    gato, perro = await api.write("gato", "perro")
    code, details = await api.refused("PATCH", f"/api/cards/{perro['id']}", 409, json={"word": "los gatos"})
    assert (code, details) == ("DUPLICATE_LEMMA", {"card_id": gato["id"]})
    assert (await api.get(f"/api/cards/{perro['id']}"))["word"] == "perro"
    await api.patch(f"/api/cards/{gato['id']}", {"word": "los gatos"})


async def test_a_card_moves_inside_its_profile_only(api: Api, stranger: Api) -> None:
    (card,) = await api.write("gato")
    path, other = f"/api/cards/{card['id']}", await api.deck("Other")
    assert (await api.patch(path, {"deck_id": other}))["deck_id"] == other
    assert await api.words(other) == ["gato"]
    assert await api.words(card["deck_id"]) == []
    italian = await api.post("/api/profiles", {"language": "it", "current_level": "A1"})
    foreign = (await api.decks(profile_id=italian["id"]))[0]["id"]
    assert (await api.refused("PATCH", path, 400, json={"deck_id": foreign}))[0] == "INVALID_FIELD_VALUE"
    for deck_id in ((await stranger.decks())[0]["id"], str(uuid4())):
        assert (await api.refused("PATCH", path, 404, json={"deck_id": deck_id}))[0] == "DECK_NOT_FOUND"
    assert await api.words(other) == ["gato"]


async def test_a_deleted_card_is_gone_and_its_word_free(api: Api) -> None:
    (card,) = await api.write("gato")
    await api.delete(f"/api/cards/{card['id']}")
    for method in ("GET", "DELETE"):
        assert await api.refused(method, f"/api/cards/{card['id']}", 404) == ("CARD_NOT_FOUND", None)
    assert await api.words() == []
    await api.write("gato")


async def test_history_shows_ratings_newest_first_without_undone_ones(api: Api, database: Database) -> None:
    (card,) = await api.write("gato")
    async with database.connection() as connection:
        for rating, before, undone in ((3, None, False), (1, 2, True), (4, 2, False)):
            await connection.execute(
                """
                insert into card_reviews (user_id, client_id, card_id, profile_id, rating, state_before,
                    interval_before, interval_after, stability_after, difficulty_after, source, outcome,
                    reviewed_at, local_date, undone_at)
                select p.user_id, gen_random_uuid(), c.id, p.id, $2, $3, 1, 4, 1, 1, 'app', '{}',
                    clock_timestamp(), current_date, case when $4 then now() end
                from cards c join language_profiles p on p.id = c.profile_id where c.id = $1
                """,
                UUID(card["id"]), rating, before, undone,
            )  # fmt: skip
    history = (await api.get(f"/api/cards/{card['id']}"))["history"]
    assert [(review["rating"], review["state_before"]) for review in history] == [(4, "review"), (3, "new")]


@pytest.mark.parametrize(("method", "body"), [("GET", None), ("PATCH", {"notes": "mine"}), ("DELETE", None)])
async def test_cards_of_others_do_not_exist(api: Api, stranger: Api, method: str, body: object) -> None:
    (card,) = (await stranger.get("/api/cards", deck_id="all"))["data"]
    for card_id in (card["id"], uuid4()):
        assert await api.refused(method, f"/api/cards/{card_id}", 404, json=body) == ("CARD_NOT_FOUND", None)
    deck_id = card["deck_id"]
    assert (await api.refused("GET", "/api/cards", 404, params={"deck_id": deck_id}))[0] == "DECK_NOT_FOUND"
    assert await stranger.get(f"/api/cards/{card['id']}") == card | {"history": []}
    assert await api.words(search="secreto") == []
