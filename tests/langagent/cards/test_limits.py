"""The plan's limit of cards (PRODUCT 10.1), with a small number of cards and no trial."""

import dataclasses
from typing import Any

import orjson
import pytest

from langagent.settings import Settings
from tests.langagent.cards.conftest import Api, Take

WORDS = ["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"]
FULL = {"limit_type": "cards", "current": 5, "max": 5, "plan": "free", "upgrade_url": "/profile/premium"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    limits = '{"free": {"cards": 5, "profiles": 2}}'
    return dataclasses.replace(settings, trial_days=0, plan_limits_json=limits)


def card(word: str) -> dict[str, str]:
    return {"word": word, "translation": "x"}


async def test_a_full_plan_refuses_and_changes_nothing(api: Api) -> None:
    await api.write(*WORDS[:5])
    for body in ({"cards": [card("seis")]}, {"words": ["perro"]}):
        assert await api.refused("POST", "/api/cards", 402, json=body) == ("LIMIT_REACHED", FULL)
    assert await api.words() == WORDS[4::-1]


async def test_what_does_not_fit_whole_is_refused_whole(api: Api) -> None:
    await api.write(*WORDS[:3])
    refused = await api.refused("POST", "/api/cards", 402, json={"cards": [card(word) for word in WORDS[3:6]]})
    assert refused == ("LIMIT_REACHED", FULL | {"current": 3})
    assert len(await api.words()) == 3


async def test_a_plan_warns_from_80_percent(api: Api) -> None:
    async def warning(word: str) -> Any:
        return (await api.post("/api/cards", {"cards": [card(word)]}))["limit_warning"]

    await api.write(*WORDS[:2])
    assert await warning("tres") is None
    nearly = {"limit_type": "cards", "used": 4, "max": 5, "remaining": 1, "reset_at": None}
    assert await warning("cuatro") == nearly
    assert await warning("cinco") == nearly | {"used": 5, "remaining": 0}


async def test_a_new_profile_warns_from_80_percent(api: Api) -> None:
    italian = await api.post("/api/profiles", {"language": "it", "current_level": "A1"})
    full = {"limit_type": "profiles", "used": 2, "max": 2, "remaining": 0, "reset_at": None}
    assert italian["limit_warning"] == full


async def test_duplicates_need_no_room(api: Api) -> None:
    await api.write(*WORDS[:4])
    answer = await api.post("/api/cards", {"cards": [card(word) for word in WORDS[:5]]})
    assert (len(answer["created"]), len(answer["duplicates"])) == (1, 4)


async def test_deleting_makes_room(api: Api) -> None:
    cards = await api.write(*WORDS[:5])
    await api.delete(f"/api/cards/{cards[0]['id']}")
    await api.write("seis")


async def test_cards_of_all_profiles_count(api: Api) -> None:
    await api.write(*WORDS[:3])
    italian = await api.post("/api/profiles", {"language": "it", "current_level": "A1"})
    deck_id = (await api.decks(profile_id=italian["id"]))[0]["id"]
    await api.write("pane", "acqua", deck_id=deck_id)
    assert (await api.refused("POST", "/api/cards", 402, json={"words": ["perro"]}))[1] == FULL
    await api.delete(f"/api/profiles/{italian['id']}")
    await api.write("cuatro", "cinco")


@pytest.mark.parametrize("kind", ["cards", "words"])
async def test_the_last_place_is_given_once(api: Api, kind: str) -> None:
    await api.write("hola", "gracias", "sol", "luna")
    offers = ["perro", "gato", "casa", "agua", "pan", "libro", "mesa", "padre", "madre", "día"]
    bodies = [{kind: [word if kind == "words" else card(word)]} for word in offers]
    answers = await api.at_once(*(("POST", "/api/cards", body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [201, *[402] * 9]
    assert len(await api.words()) == 5


async def test_a_stream_makes_what_fits_and_names_the_rest(api: Api) -> None:
    await api.write("hola", "gracias")
    words = ["perro", "gato", "gatos", "casa", "agua", "hola", "pan"]
    answer = await api.learner.send(
        "POST", "/api/cards", json={"words": words}, headers={"Accept": "text/event-stream"}
    )
    done = orjson.loads(answer.text.split("\n\n")[-2].partition("data: ")[2])
    assert [card["word"] for card in done["created"]] == ["el perro", "el gato", "la casa"]
    assert [each["word"] for each in done["duplicates"]] == ["gatos", "hola"]
    assert [each["word"] for each in done["failed"]] == ["agua", "pan"]
    assert {each["reason"] for each in done["failed"]} == {"limit"}
    assert done["limit_warning"]["remaining"] == 0


async def test_a_starter_deck_obeys_the_limit(api: Api, take: Take) -> None:
    refused = await api.refused("POST", "/api/starter-decks/es-a1/install", 402, json={})
    assert refused == ("LIMIT_REACHED", FULL | {"current": 0})
    assert len(await api.decks()) == 1
    assert await api.words() == []


async def test_onboarding_obeys_the_limit(api: Api) -> None:
    body = {"language": "es", "current_level": "A1", "starter_deck": "es-a1"}
    await api.post("/api/profiles", {"language": "it", "current_level": "A1"})
    spanish = (await api.get("/api/profiles"))["data"][0]
    await api.delete(f"/api/profiles/{spanish['id']}")
    assert (await api.refused("POST", "/api/profiles", 402, json=body))[0] == "LIMIT_REACHED"
    assert [profile["language"] for profile in (await api.get("/api/profiles"))["data"]] == ["it"]


async def test_a_copy_without_new_cards_needs_no_room(api: Api) -> None:
    cards = await api.write(*WORDS[:5])
    copied = await api.post(f"/api/decks/{cards[0]['deck_id']}/copy")
    assert (copied["copied"], len(copied["skipped"])) == (0, 5)
