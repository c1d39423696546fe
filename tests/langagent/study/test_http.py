"""Studying as the browser does it: over HTTP, each change read back in a new request."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import redis

from langagent.settings import Secret, Settings
from ops.embedded.redis import EmbeddedRedis
from tests.langagent.conftest import FrozenClock
from tests.langagent.learners import Learner, sign_in

WORDS = ("uno", "dos", "tres")


async def add_cards(learner: Learner, *words: str) -> list[str]:
    cards = [{"word": word, "translation": word} for word in words]
    answer = await learner.call("POST", "/api/cards", status=201, json={"cards": cards})
    return [card["id"] for card in answer["created"]]


async def rate(learner: Learner, card_id: str, rating: int = 3, *, status: int = 200, **more: Any) -> Any:
    body = {"card_id": card_id, "rating": rating, "client_id": str(uuid4())} | more
    return await learner.call("POST", "/api/cards/rate", status=status, json=body)


@pytest.fixture
async def cards(learner: Learner) -> list[str]:
    return await add_cards(learner, *WORDS)


async def test_a_session_from_its_queue_to_its_summary(learner: Learner, cards: list[str], clock: FrozenClock) -> None:
    session = await learner.call("POST", "/api/cards/sessions", status=201, json={"mode": "mixed"})
    assert [shown["card"]["word"] for shown in session["queue"]] == list(WORDS)
    assert session["counts"] == {"learning": 0, "review": 0, "new": 3, "learning_later": 0}
    assert session["queue"][0]["previews"] == {"again": 60, "hard": 330, "good": 600, "easy": 8 * 86400}

    for card, rating in zip(cards, (4, 3, 1), strict=True):
        answer = await rate(learner, card, rating, session_id=session["session_id"], duration_ms=1500)
    assert answer["counts"] == answer["next"]["counts"] == {"learning": 0, "review": 0, "new": 0, "learning_later": 2}
    assert answer["next"]["status"] == "waiting"

    summary = await learner.call("GET", f"/api/cards/sessions/{session['session_id']}/summary", status=200)
    third = {"count": 1, "share": 0.3333}
    assert summary == {
        "studied": 3,
        "ratings": {"again": third, "hard": {"count": 0, "share": 0.0}, "good": third, "easy": third},
        "new_learned": 3,
        "duration_ms": 4500,
        "next_due_at": answer["next"]["ready_at"],
        "level_progress": 0.002,
    }
    (profile,) = (await learner.call("GET", "/api/profiles", status=200))["data"]
    assert profile["progress"] == {"cards_count": 3, "exercises_count": 0, "streak": 0, "level_progress": 0.002}


async def test_sizes_of_queues(learner: Learner) -> None:
    await add_cards(learner, *(f"palabra {number}" for number in range(25)))
    profile = (await learner.call("GET", "/api/profiles"))["data"][0]["id"]
    await learner.call("PATCH", f"/api/profiles/{profile}", status=200, json={"new_cards_per_day": 30})
    for body, size in (
        ({"mode": "mixed"}, 10),
        ({"mode": "mixed", "size": 20}, 20),
        ({"mode": "new", "size": 20}, 10),
        ({"mode": "due"}, 0),
    ):
        session = await learner.call("POST", "/api/cards/sessions", status=201, json=body)
        assert len(session["queue"]) == size


async def test_a_rating_is_seen_by_the_next_request(learner: Learner, cards: list[str]) -> None:
    answer = await rate(learner, cards[0], 4)
    card = await learner.call("GET", f"/api/cards/{cards[0]}", status=200)
    for field in ("status", "due", "interval_days", "reviews_count", "last_rating", "last_reviewed_at"):
        assert card[field] == answer[field]
    assert [review["rating"] for review in card["history"]] == [4]
    following = await learner.call("GET", "/api/cards/next", status=200)
    assert following["card"] == answer["next"]["card"]
    assert following["card"]["id"] == cards[1]


async def test_undo_is_seen_by_the_next_request(learner: Learner, cards: list[str]) -> None:
    fresh = await learner.call("GET", f"/api/cards/{cards[0]}")
    await rate(learner, cards[0], 1)
    undone = await learner.call("POST", "/api/cards/rate/undo", status=200)
    assert (undone["card_id"], undone["status"], undone["counts"]["new"]) == (cards[0], "new", 3)
    assert await learner.call("GET", f"/api/cards/{cards[0]}") == fresh
    refused = await learner.call("POST", "/api/cards/rate/undo", status=409)
    assert refused["error"]["code"] == "NOTHING_TO_UNDO"


async def test_suspend_resume_reset(learner: Learner, cards: list[str]) -> None:
    new, rated = cards[0], cards[1]
    await rate(learner, rated, 4)
    for card, resumed in ((new, "new"), (rated, "review")):
        for verb, status in (("suspend", "suspended"), ("suspend", "suspended"), ("resume", resumed)):
            answer = await learner.call("POST", f"/api/cards/{card}/{verb}", status=200)
            assert answer["status"] == status
            assert (await learner.call("GET", f"/api/cards/{card}"))["status"] == status
    await learner.call("POST", f"/api/cards/{rated}/reset", status=200)
    card = await learner.call("GET", f"/api/cards/{rated}")
    assert (card["status"], card["due"], card["reviews_count"]) == ("new", None, 0)
    assert (await learner.call("GET", "/api/cards/next"))["counts"]["new"] == 3


async def test_a_suspended_card_says_how_to_go_on(learner: Learner, cards: list[str]) -> None:
    await learner.call("POST", f"/api/cards/{cards[0]}/suspend", status=200)
    error = (await rate(learner, cards[0], status=409))["error"]
    assert error["code"] == "CONFLICT"
    assert "верните" in error["message"]


async def test_an_offline_batch(learner: Learner, cards: list[str], clock: FrozenClock) -> None:
    def rating(card: str, minutes: int, value: int) -> dict[str, Any]:
        at = (clock.now - timedelta(minutes=minutes)).isoformat()
        return {"card_id": card, "rating": value, "client_id": str(uuid4()), "reviewed_at": at}

    body = {"ratings": [rating(cards[0], 1, 3), rating(str(uuid4()), 5, 3), rating(cards[0], 30, 3)]}
    results = (await learner.call("POST", "/api/cards/rate/batch", status=200, json=body))["results"]
    assert [result["error"] for result in results] == [None, "CARD_NOT_FOUND", None]
    assert [result["outcome"] and result["outcome"]["status"] for result in results] == ["review", None, "learning"]
    again = (await learner.call("POST", "/api/cards/rate/batch", status=200, json=body))["results"]
    assert again == results
    assert (await learner.call("GET", f"/api/cards/{cards[0]}"))["reviews_count"] == 2


async def test_nobody_studies_for_somebody_else(learner: Learner, cards: list[str], client: httpx2.AsyncClient) -> None:
    session = str(uuid4())
    await rate(learner, cards[0], 4, session_id=session)
    stranger = await sign_in(client, 200300400)
    await stranger.take_up("es")
    deck = (await learner.call("GET", "/api/decks"))["data"][0]["id"]
    profile = (await learner.call("GET", "/api/profiles"))["data"][0]["id"]
    before = await learner.call("GET", f"/api/cards/{cards[0]}")
    await rate(stranger, cards[0], status=404)
    for verb in ("suspend", "resume", "reset"):
        await stranger.call("POST", f"/api/cards/{cards[0]}/{verb}", status=404)
    await stranger.call("GET", f"/api/cards/next?deck_id={deck}", status=404)
    await stranger.call("POST", "/api/cards/sessions", status=404, json={"mode": "mixed", "deck_id": deck})
    await stranger.call("POST", "/api/cards/rate/undo", status=409)
    await stranger.call("POST", f"/api/profiles/{profile}/optimise", status=404)
    summary = await stranger.call("GET", f"/api/cards/sessions/{session}/summary", status=200)
    assert summary["studied"] == 0
    assert await learner.call("GET", f"/api/cards/{cards[0]}") == before


@pytest.mark.parametrize(
    "change",
    [
        {"rating": 0}, {"rating": 5}, {"rating": "3"}, {"rating": True}, {"rating": None}, {"client_id": "x"},
        {"card_id": 1}, {"duration_ms": -1}, {"reviewed_at": "yesterday"}, {"reviewed_at": "2026-03-10T12:00:00"},
        {"surprise": 1}, {"deck_id": "every"}, {"mode": "hard"}, {"session_id": "\u0000"},
    ],
)  # fmt: skip
async def test_malformed_ratings_change_nothing(learner: Learner, cards: list[str], change: dict[str, Any]) -> None:
    body = {"card_id": cards[0], "rating": 3, "client_id": str(uuid4())} | change
    error = (await learner.call("POST", "/api/cards/rate", status=422, json=body))["error"]
    assert error["code"] == "VALIDATION_ERROR"
    assert {field.split(".")[0] for field in error["details"]} == set(change)
    assert (await learner.call("GET", f"/api/cards/{cards[0]}"))["reviews_count"] == 0


async def test_the_export_has_schedules_and_reviews(learner: Learner, cards: list[str]) -> None:
    await rate(learner, cards[0], 4)
    exported = await learner.call("GET", "/api/users/me/data-export", status=200)
    assert [schedule["card_id"] for schedule in exported["schedules"]] == [cards[0]]
    assert [review["rating"] for review in exported["reviews"]] == [4]


class TestRedisGoes:
    """Redis is emptied, then stopped, in the middle of a session: nothing is lost, study goes on."""

    @pytest.fixture
    def own_redis(self, tmp_path: Path) -> Iterator[EmbeddedRedis]:
        with EmbeddedRedis(tmp_path, durable=False) as server:
            yield server

    @pytest.fixture
    def settings(self, settings: Settings, own_redis: EmbeddedRedis) -> Settings:
        return replace(settings, redis_url=Secret(own_redis.url))

    async def test_study_goes_on(self, learner: Learner, cards: list[str], own_redis: EmbeddedRedis) -> None:
        session = str(uuid4())
        await rate(learner, cards[0], 4, session_id=session)
        with redis.Redis.from_url(own_redis.url) as client:
            client.flushall()
        await rate(learner, cards[1], 4, session_id=session)
        own_redis.stop()
        answer = await rate(learner, cards[2], 4, session_id=session)
        assert answer["next"]["status"] == "done"
        summary = await learner.call("GET", f"/api/cards/sessions/{session}/summary", status=200)
        assert summary["studied"] == 3
