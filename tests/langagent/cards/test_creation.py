"""Making cards through the HTTP door: by hand, from words, as a stream, once per key (PRODUCT 3.4)."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import httpx2
import orjson
import pytest
from prometheus_client import REGISTRY

from langagent.cards.content import Described, Learning, Lemma, OfflineContent, Unknown
from tests.langagent.cards.conftest import Api
from tests.langagent.learners import sign_in

STREAM = {"Accept": "text/event-stream"}


async def create(api: Api, expect: int = 201, headers: dict[str, str] | None = None, **body: Any) -> Any:
    return await api.send("POST", "/api/cards", expect, json=body, headers=headers or {})


async def stream(api: Api, headers: dict[str, str] | None = None, **body: Any) -> list[tuple[str, Any]]:
    response = await api.learner.send("POST", "/api/cards", json=body, headers=STREAM | (headers or {}))
    assert response.status_code == 201, response.text
    assert response.headers["content-type"].startswith("text/event-stream")
    return [_event(block) for block in response.text.split("\n\n") if block]


def _event(block: str) -> tuple[str, Any]:
    name, data = block.split("\n")
    return name.removeprefix("event: "), orjson.loads(data.removeprefix("data: "))


async def test_known_words_become_cards_and_unknown_ones_say_why(api: Api) -> None:
    answer = await create(api, words=["perros", "zzyzx", "hola"])
    perro, hola = answer["created"]
    assert (perro["word"], perro["lemma"], perro["translation"]) == ("el perro", "perro", "dog")
    assert perro["example"]
    assert (perro["part_of_speech"], perro["gender"], perro["source"]) == ("noun", "m", "generated")
    assert hola["word"] == "hola"
    assert answer["failed"] == [{"word": "zzyzx", "reason": "tutor_unavailable"}]
    assert answer["duplicates"] == []
    assert answer["limit_warning"] is None
    assert await api.words() == ["hola", "el perro"]
    assert await api.get(f"/api/cards/{perro['id']}") == perro | {"history": []}


async def test_a_word_is_made_once_whatever_its_form(api: Api) -> None:
    answer = await create(api, words=["el perro", "perros", " PERRO "])
    (perro,) = answer["created"]
    assert answer["duplicates"] == [
        {"word": "perros", "card_id": perro["id"]},
        {"word": "PERRO", "card_id": perro["id"]},
    ]
    again = await create(api, words=["perro"])
    assert (again["created"], again["duplicates"]) == ([], [{"word": "perro", "card_id": perro["id"]}])


async def test_complete_cards_need_nothing_and_keep_their_order(api: Api) -> None:
    words = ["zzyzx", "arroz con leche", "uno", "dos"]
    created = await api.write(*words)
    assert [card["word"] for card in created] == words
    assert await api.words() == words[::-1]


async def test_complete_cards_meet_their_duplicates(api: Api) -> None:
    (gato,) = await api.write("el gato")
    cards = [{"word": word, "translation": "x"} for word in ("gato", "pan", "pan")]
    answer = await create(api, cards=cards)
    (pan,) = answer["created"]
    assert answer["duplicates"] == [{"word": "gato", "card_id": gato["id"]}, {"word": "pan", "card_id": pan["id"]}]
    assert (await api.get(f"/api/cards/{gato['id']}"))["translation"] == "translation of el gato"


async def test_a_duplicate_costs_no_content(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    describe = OfflineContent.describe

    async def spy(
        self: OfflineContent, lemmas: Sequence[Lemma], learning: Learning, context: str
    ) -> list[Described | Unknown]:
        asked.extend(lemma.lemma for lemma in lemmas)
        return await describe(self, lemmas, learning, context)

    monkeypatch.setattr(OfflineContent, "describe", spy)
    await api.write("gato", "zzyzx")
    assert asked == []
    await create(api, words=["gatos", "zzyzx", "perro", "perros"])
    assert asked == ["perro"]


@pytest.mark.parametrize("as_stream", [False, True])
async def test_the_content_is_asked_for_with_the_context(
    api: Api, monkeypatch: pytest.MonkeyPatch, as_stream: bool
) -> None:
    contexts: list[str] = []
    describe = OfflineContent.describe

    async def spy(
        self: OfflineContent, lemmas: Sequence[Lemma], learning: Learning, context: str
    ) -> list[Described | Unknown]:
        contexts.append(context)
        return await describe(self, lemmas, learning, context)

    monkeypatch.setattr(OfflineContent, "describe", spy)
    make = stream if as_stream else create
    await make(api, words=["perro"], context=" El perro duerme. ")
    assert contexts == ["El perro duerme."]
    assert await api.words() == ["el perro"]


async def test_the_same_word_at_once_makes_one_card(api: Api) -> None:
    responses = await api.at_once(*[("POST", "/api/cards", {"words": ["perro"]})] * 5)
    answers = [response.json() for response in responses]
    assert sorted(len(answer["created"]) for answer in answers) == [0, 0, 0, 0, 1]
    (made,) = [card["id"] for answer in answers for card in answer["created"]]
    assert {each["card_id"] for answer in answers for each in answer["duplicates"]} == {made}


async def test_where_new_cards_go(api: Api) -> None:
    (default,) = await api.decks()
    other = await api.deck("Other")
    named = await create(api, words=["perro"], deck_id=other)
    unnamed = await create(api, words=["gato"])
    await api.send("POST", f"/api/decks/{other}/activate")
    active = await create(api, words=["hola"])
    decks = [answer["created"][0]["deck_id"] for answer in (named, unnamed, active)]
    assert decks == [other, default["id"], other]


@pytest.mark.parametrize("deck", ["foreign", "unknown", "deleted"])
async def test_cards_cannot_be_put_into_decks_of_others(api: Api, stranger: Api, deck: str) -> None:
    ids = {"foreign": (await stranger.decks())[0]["id"], "unknown": str(uuid4()), "deleted": await api.deck("Old")}
    await api.delete(f"/api/decks/{ids['deleted']}")
    for body in ({"words": ["perro"]}, {"cards": [{"word": "a", "translation": "b"}]}):
        refused = await api.refused("POST", "/api/cards", 404, json=body | {"deck_id": ids[deck]})
        assert refused == ("DECK_NOT_FOUND", None)
    assert await stranger.words() == ["secreto"]
    assert await api.words() == []


async def test_a_learner_without_a_profile_has_nowhere_to_put_cards(client: httpx2.AsyncClient, api: Api) -> None:
    newcomer = Api(await sign_in(client, 77), api.clock)
    assert (await newcomer.refused("POST", "/api/cards", 404, json={"words": ["hola"]}))[0] == "PROFILE_NOT_FOUND"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"words": []},
        {"cards": []},
        {"words": ["a"], "cards": [{"word": "a", "translation": "b"}]},
        {"words": "perro"},
        {"words": [""]},
        {"words": ["x" * 101]},
        {"words": ["\x00"]},
        {"words": ["\ufb2c" * 40]},
        {"words": [5]},
        {"cards": [{"word": "a"}]},
        {"cards": [{"word": "a", "translation": ""}]},
        {"cards": [{"word": "a", "translation": "b", "lemma": "c"}]},
        {"cards": [{"word": "a", "translation": "b", "part_of_speech": "thing"}]},
        {"cards": [{"word": "a", "translation": "b", "gender": "x"}]},
        {"cards": [{"word": "a", "translation": "b"}] * 101},
        {"words": ["a"], "deck_id": "all"},
        {"words": ["a"], "context": 5},
        {"words": ["a"], "context": "x" * 501},
    ],
)
async def test_malformed_requests_make_nothing(api: Api, body: dict[str, Any]) -> None:
    code, details = await api.refused("POST", "/api/cards", 422, json=body)
    assert code == "VALIDATION_ERROR"
    assert details
    assert await api.words() == []


@pytest.mark.parametrize(
    ("card", "field", "problem"),
    [
        ({"word": "x" * 101}, "word", "Too long (maximum: 100)."),
        ({"word": " "}, "word", "Too short (minimum: 1)."),
        ({"notes": "x" * 1001}, "notes", "Too long (maximum: 1000)."),
        ({"tags": ["x" * 51]}, "tags.0", "Too long (maximum: 50)."),
        ({"tags": ["x"] * 21}, "tags", "Too many items (maximum: 20)."),
        ({"colour": "red"}, "colour", "There is no such field."),
    ],
)
async def test_a_refusal_names_the_field_and_what_is_wrong_with_it(
    api: Api, card: dict[str, Any], field: str, problem: str
) -> None:
    body = {"cards": [{"word": "pan", "translation": "bread"} | card]}
    _, details = await api.refused("POST", "/api/cards", 422, json=body)
    assert details == {f"cards.0.{field}": problem}


async def test_cards_tell_how_often_their_word_is_used(api: Api) -> None:
    answer = await create(api, words=["casas"])
    written = await api.write("la ventana", "zzyzx")
    told = {card["lemma"]: card["frequency"] for card in answer["created"] + written}
    assert told == {"casa": "very_common", "ventana": "common", "zzyzx": None}


async def test_too_many_words_are_refused(api: Api) -> None:
    refused = await api.refused("POST", "/api/cards", 400, json={"words": ["hola"] * 21})
    assert refused == ("TOO_MANY_WORDS", {"max": 20})
    assert len((await create(api, words=["hola"] * 20))["duplicates"]) == 19


@pytest.mark.parametrize(
    "content",
    [
        {"word": "'; drop table cards; --", "translation": "{}", "notes": "$1 %s {x}"},
        {"word": "مرحبا", "translation": "שלום"},
        {"word": "👩‍🚀", "translation": "🚀" * 200},
        {"word": "ß" * 100, "translation": "İ"},
        {"word": "e\u0301te\u0301", "translation": "summer", "tags": ["it's", 'a "tag"', "{x,y}", "NULL", "\\"]},
    ],
)
async def test_hostile_content_is_kept_as_it_is(api: Api, content: dict[str, Any]) -> None:
    (card,) = (await create(api, cards=[content]))["created"]
    assert card["word"] == ("été" if content["word"].startswith("e") else content["word"])
    assert {name: card[name] for name in content if name != "word"} == {k: v for k, v in content.items() if k != "word"}
    assert await api.get(f"/api/cards/{card['id']}") == card | {"history": []}


async def test_a_stream_tells_each_word_and_ends_with_the_whole(api: Api) -> None:
    words = ["perro", "zzyzx", "gato", "perros", "hola", "gracias", "amigo"]
    events = await stream(api, words=words)
    assert [name for name, _ in events] == ["item"] * 7 + ["done"]
    assert [data["word"] for _, data in events[:-1]] == words
    done = events[-1][1]
    assert [data["card"] for _, data in events[:-1] if data["card"]] == done["created"]
    assert [data["word"] for _, data in events if data.get("card_id")] == ["perros"]
    assert done["failed"] == [{"word": "zzyzx", "reason": "tutor_unavailable"}]
    assert set(await api.words()) == {card["word"] for card in done["created"]}


async def test_a_stream_refuses_before_it_starts(api: Api, stranger: Api) -> None:
    deck_id = (await stranger.decks())[0]["id"]
    body = {"words": ["hola"], "deck_id": deck_id}
    assert (await api.refused("POST", "/api/cards", 404, json=body, headers=STREAM))[0] == "DECK_NOT_FOUND"


async def test_a_repeated_key_gives_the_first_answer(api: Api) -> None:
    key = {"Idempotency-Key": "k1"}
    first = await create(api, words=["perro"], headers=key)
    assert await create(api, words=["perro"], headers=key) == first
    assert (await create(api, 409, words=["gato"], headers=key))["error"]["code"] == "IDEMPOTENCY_CONFLICT"
    assert await api.words() == ["el perro"]


@pytest.mark.parametrize("repeat_as_stream", [True, False])
async def test_a_stream_replays_as_its_result(api: Api, repeat_as_stream: bool) -> None:
    key = {"Idempotency-Key": "k2"}
    done = (await stream(api, words=["perro", "gato"], headers=key))[-1]
    if repeat_as_stream:
        assert await stream(api, words=["perro", "gato"], headers=key) == [done]
    else:
        assert await create(api, words=["perro", "gato"], headers=key) == done[1]
    assert len(await api.words()) == 2


async def test_created_cards_are_counted_by_source(api: Api) -> None:
    def counted(source: str) -> float:
        return REGISTRY.get_sample_value("cards_created_total", {"source": source}) or 0

    manual, generated = counted("manual"), counted("generated")
    await api.write("pan")
    await create(api, words=["perro", "pan", "zzyzx"])
    assert (counted("manual"), counted("generated")) == (manual + 1, generated + 1)


async def test_the_export_has_decks_and_cards(api: Api, stranger: Api) -> None:
    (card,) = await api.write("pan", tags=["food"])
    exported = await api.get("/api/users/me/data-export")
    assert [deck["name"] for deck in exported["decks"]] == ["My words"]
    (found,) = exported["cards"]
    assert (found["id"], found["word"], found["tags"]) == (card["id"], "pan", ["food"])


async def test_profiles_and_limits_count_cards(api: Api, stranger: Api) -> None:
    await api.write("uno", "dos")
    (profile,) = (await api.get("/api/profiles"))["data"]
    assert profile["progress"]["cards_count"] == 2
    assert (await api.get("/api/users/me"))["limits"]["cards"]["used"] == 2
