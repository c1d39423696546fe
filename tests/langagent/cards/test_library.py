"""Starter decks through the HTTP door (PRODUCT 3.5)."""

from typing import Any

import httpx2
import pytest

from langagent.cards.starters import starter_decks
from tests.langagent.cards.conftest import Api, Take
from tests.langagent.learners import sign_in

(SPANISH,) = starter_decks("es")
WORDS = [card.word for card in SPANISH.cards]
INSTALL = "/api/starter-decks/es-a1/install"


async def pages(api: Api, deck_id: str) -> list[dict[str, Any]]:
    """Every card of a deck, newest first."""
    cards: list[dict[str, Any]] = []
    params: dict[str, Any] = {"deck_id": deck_id, "limit": 100}
    while True:
        page = await api.get("/api/cards", **params)
        cards += page["data"]
        if not page["pagination"]["has_more"]:
            return cards
        params["cursor"] = page["pagination"]["next_cursor"]


@pytest.mark.parametrize(("native", "title"), [("en", SPANISH.title.en), ("ru", SPANISH.title.ru)])
async def test_starter_decks_are_offered_in_the_native_language(
    client: httpx2.AsyncClient, native: str, title: str
) -> None:
    newcomer = await sign_in(client, language=native)
    for params in ({}, {"language": "es"}):
        (deck,) = (await newcomer.call("GET", "/api/starter-decks", status=200, params=params))["data"]
        assert deck == {
            "key": "es-a1",
            "language": "es",
            "title": title,
            "level": "A1",
            "cards_count": len(WORDS),
            "installed": False,
        }
    assert await newcomer.call("GET", "/api/starter-decks", status=200, params={"language": "xx"}) == {"data": []}


@pytest.mark.parametrize("native", ["en", "ru"])
async def test_installing_takes_the_native_texts_in_study_order(take: Take, native: str) -> None:
    api = await take(5, language=native)
    installed = await api.post(INSTALL)
    assert (installed["created"], installed["duplicates"], installed["limit_warning"]) == (len(WORDS), [], None)
    deck = installed["deck"]
    assert (deck["source"], deck["cards_count"], deck["new_cards_count"]) == ("starter:es-a1", len(WORDS), len(WORDS))
    cards = (await pages(api, deck["id"]))[::-1]
    assert [card["word"] for card in cards] == WORDS
    assert [card["translation"] for card in cards] == [card.translation.text(native) for card in SPANISH.cards]
    assert {card["translation_language"] for card in cards} == {native}
    assert {card["source"] for card in cards} == {"starter"}
    moments = [card["created_at"] for card in cards]
    assert len(set(moments)) == len(moments)
    assert (await api.get("/api/starter-decks"))["data"][0]["installed"] is True


async def test_installing_again_brings_back_what_was_lost(api: Api) -> None:
    (written,) = await api.write(WORDS[0])
    first = await api.post(INSTALL)
    assert first["duplicates"] == [{"word": WORDS[0], "card_id": written["id"]}]
    lost = (await api.get("/api/cards", deck_id=first["deck"]["id"], limit=1))["data"][0]
    await api.delete(f"/api/cards/{lost['id']}")
    again = await api.post(INSTALL)
    assert (again["deck"]["id"], again["created"]) == (first["deck"]["id"], 1)
    assert len(again["duplicates"]) == len(WORDS) - 1


async def test_a_deck_of_the_same_name_is_no_obstacle(api: Api) -> None:
    await api.deck(SPANISH.title.en)
    assert (await api.post(INSTALL))["deck"]["name"] == f"{SPANISH.title.en} 2"


async def test_installing_at_once_makes_one_deck(api: Api) -> None:
    answers = [response.json() for response in await api.at_once(*[("POST", INSTALL, {})] * 3)]
    assert sorted(answer["created"] for answer in answers) == [0, 0, len(WORDS)]
    assert len(await api.decks()) == 2


async def test_a_repeated_key_installs_once(api: Api) -> None:
    key: dict[str, Any] = {"Idempotency-Key": "install"}
    assert await api.post(INSTALL, **key) == await api.post(INSTALL, **key)


async def test_what_cannot_be_installed(api: Api, stranger: Api) -> None:
    assert (await api.refused("POST", "/api/starter-decks/xx-a1/install", 404, json={}))[0] == "NOT_FOUND"
    italian = await api.post("/api/profiles", {"language": "it", "current_level": "A1"})
    body = {"profile_id": italian["id"]}
    assert (await api.refused("POST", INSTALL, 400, json=body))[0] == "INVALID_FIELD_VALUE"
    foreign = {"profile_id": (await stranger.decks())[0]["profile_id"]}
    assert (await api.refused("POST", INSTALL, 404, json=foreign))[0] == "PROFILE_NOT_FOUND"
    assert await stranger.words() == ["secreto"]


async def test_onboarding_installs_the_starter_deck_that_was_asked_for(take: Take) -> None:
    api = await take(6, starter_deck="es-a1")
    assert [(deck["name"], deck["is_active"], deck["cards_count"]) for deck in await api.decks()] == [
        (SPANISH.title.en, True, len(WORDS)),
        ("My words", False, 0),
    ]


async def test_an_installed_deck_leaves_an_active_deck_with_cards_alone(api: Api) -> None:
    await api.write("gato")
    await api.post(INSTALL)
    assert [(deck["name"], deck["is_active"]) for deck in await api.decks()] == [
        ("My words", True),
        (SPANISH.title.en, False),
    ]


@pytest.mark.parametrize(
    "profile", [{"language": "es", "starter_deck": "xx"}, {"language": "it", "starter_deck": "es-a1"}]
)
async def test_onboarding_with_a_wrong_starter_deck_makes_nothing(
    client: httpx2.AsyncClient, profile: dict[str, str]
) -> None:
    newcomer = await sign_in(client)
    refused = await newcomer.call("POST", "/api/profiles", status=400, json={"current_level": "A1"} | profile)
    assert refused["error"]["code"] == "INVALID_FIELD_VALUE"
    assert (await newcomer.call("GET", "/api/profiles", status=200))["data"] == []


async def test_the_first_deck_is_named_in_the_native_language(take: Take) -> None:
    assert [deck["name"] for deck in await (await take(7, language="ru")).decks()] == ["Мои слова"]
