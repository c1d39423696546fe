"""Language profiles: taking up, changing, switching and leaving a language."""

import asyncio
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from langagent.accounts.languages import GOALS, LANGUAGES, LEVELS
from langagent.accounts.profiles.models import NewProfile
from langagent.accounts.profiles.rules import new_profile
from langagent.core.errors import AppError
from tests.langagent.conftest import FrozenClock
from tests.langagent.learners import Learner, sign_in

PATH: Final = "/api/profiles"


async def languages(learner: Learner) -> list[tuple[str, bool]]:
    listed = (await learner.call("GET", PATH, status=200))["data"]
    return [(profile["language"], profile["is_active"]) for profile in listed]


async def code_of(learner: Learner, method: str, path: str, **arguments: Any) -> tuple[int, str]:
    answer = await learner.send(method, path, **arguments)
    return answer.status_code, answer.json()["error"]["code"]


async def test_the_first_profile_is_active_and_has_defaults(client: httpx2.AsyncClient) -> None:
    learner = await sign_in(client, language="en")
    created = await learner.take_up("es", current_level="B2")
    assert created.pop("limit_warning") is None
    assert created["user_id"] == str(learner.id)
    assert (created["target_level"], created["goals"], created["language_name"]) == (
        "C1",
        ["self_development"],
        "Spanish",
    )
    assert (created["desired_retention"], created["new_cards_per_day"], created["max_interval_days"]) == (0.9, 20, 365)
    assert (created["is_active"], created["tutor_language"], created["new_card_order"]) == (True, "native", "added")
    assert created["active_deck_id"] is not None
    assert await learner.call("GET", f"{PATH}/{created['id']}", status=200) == created


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"language": "xx"}, "INVALID_FIELD_VALUE"),
        ({"language": "ru"}, "INVALID_FIELD_VALUE"),
        ({"current_level": "A0"}, "INVALID_LEVEL"),
        ({"target_level": "Z9"}, "INVALID_LEVEL"),
        ({"current_level": "B1", "target_level": "A2"}, "TARGET_BELOW_CURRENT"),
        ({"goals": ["fame"]}, "INVALID_FIELD_VALUE"),
        ({"goals": ["work", "work"]}, "INVALID_FIELD_VALUE"),
    ],
)
async def test_a_profile_that_cannot_be(client: httpx2.AsyncClient, fields: dict[str, Any], code: str) -> None:
    learner = await sign_in(client, language="ru")
    body = {"language": "es", "current_level": "A1"} | fields
    assert await code_of(learner, "POST", PATH, json=body) == (400, code)
    assert await languages(learner) == []


@pytest.mark.parametrize(
    "body",
    [
        {"language": "es"},
        {"current_level": "A1"},
        {"language": "es", "current_level": "A1", "goals": []},
        {"language": "es", "current_level": "A1", "goals": [*GOALS, "work"]},
        {"language": "es", "current_level": "A1", "is_active": True},
        {"language": 5, "current_level": "A1"},
        [],
        None,
    ],
)
async def test_a_body_that_is_none(learner: Learner, body: Any) -> None:
    assert await code_of(learner, "POST", PATH, json=body) == (422, "VALIDATION_ERROR")


async def test_one_language_is_studied_once(learner: Learner) -> None:
    assert await code_of(learner, "POST", PATH, json={"language": "es", "current_level": "A1"}) == (
        409,
        "DUPLICATE_LANGUAGE",
    )


async def test_a_plan_limits_profiles_also_when_they_come_at_once(
    client: httpx2.AsyncClient, clock: FrozenClock
) -> None:
    await sign_in(client)
    clock.advance(timedelta(days=8))
    learner = await sign_in(client)
    wanted = ("es", "de", "fr", "it", "pt")
    answers = await asyncio.gather(
        *(learner.send("POST", PATH, json={"language": code, "current_level": "A1"}) for code in wanted)
    )
    assert sorted(answer.status_code for answer in answers) == [201, 402, 402, 402, 402]
    refused = next(answer.json()["error"] for answer in answers if answer.status_code == 402)
    assert refused["details"] == {
        "limit_type": "profiles", "current": 1, "max": 1, "plan": "free", "upgrade_url": "/profile/premium"
    }  # fmt: skip
    assert len(await languages(learner)) == 1


async def test_a_repeated_creation_answers_as_the_first(client: httpx2.AsyncClient) -> None:
    learner = await sign_in(client)
    body, headers = {"language": "es", "current_level": "A1"}, {"Idempotency-Key": "onboarding-1"}
    first = await learner.send("POST", PATH, json=body, headers=headers)
    again = await learner.send("POST", PATH, json=body, headers=headers)
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert again.headers["idempotency-replayed"] == "true"


@pytest.mark.parametrize(
    "changes",
    [
        {"current_level": "A2"},
        {"current_level": "B1", "target_level": "C2"},
        {"goals": ["travel", "work"]},
        {"tutor_language": "target"},
        {"desired_retention": 0.85, "new_cards_per_day": 0, "new_card_order": "frequency", "max_interval_days": 36500},
    ],
)
async def test_what_is_changed_is_read_back(learner: Learner, changes: dict[str, Any]) -> None:
    before = (await learner.call("GET", PATH))["data"][0]
    path = f"{PATH}/{before['id']}"
    answer = await learner.call("PATCH", path, status=200, json=changes)
    after = await learner.call("GET", path)
    assert after == answer == before | changes | {"updated_at": after["updated_at"]}


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({}, 422, "VALIDATION_ERROR"),
        ({"language": "de"}, 422, "VALIDATION_ERROR"),
        ({"is_active": True}, 422, "VALIDATION_ERROR"),
        ({"desired_retention": 0.98}, 422, "VALIDATION_ERROR"),
        ({"desired_retention": None}, 422, "VALIDATION_ERROR"),
        ({"new_cards_per_day": 201}, 422, "VALIDATION_ERROR"),
        ({"max_interval_days": 29}, 422, "VALIDATION_ERROR"),
        ({"current_level": "C2"}, 400, "TARGET_BELOW_CURRENT"),
        ({"target_level": "D1"}, 400, "INVALID_LEVEL"),
        ({"goals": ["fame"]}, 400, "INVALID_FIELD_VALUE"),
    ],
)
async def test_a_change_that_cannot_be(learner: Learner, changes: dict[str, Any], status: int, code: str) -> None:
    before = (await learner.call("GET", PATH))["data"][0]
    path = f"{PATH}/{before['id']}"
    assert await code_of(learner, "PATCH", path, json=changes) == (status, code)
    assert await learner.call("GET", path) == before


async def test_switching_and_leaving(learner: Learner) -> None:
    spanish = (await learner.call("GET", PATH))["data"][0]["id"]
    german = (await learner.take_up("de"))["id"]
    await learner.take_up("fr")
    assert await languages(learner) == [("es", True), ("de", False), ("fr", False)]
    assert (await learner.call("POST", f"{PATH}/{german}/activate", status=200))["is_active"] is True
    assert await languages(learner) == [("de", True), ("es", False), ("fr", False)]
    await learner.call("DELETE", f"{PATH}/{german}", status=204)
    assert await languages(learner) == [("es", True), ("fr", False)]
    await learner.call("GET", f"{PATH}/{german}", status=404)
    await learner.take_up("de")
    await learner.call("DELETE", f"{PATH}/{spanish}", status=204)
    assert await languages(learner) == [("fr", True), ("de", False)]


async def test_the_last_language_stays(learner: Learner) -> None:
    only = (await learner.call("GET", PATH))["data"][0]["id"]
    assert await code_of(learner, "DELETE", f"{PATH}/{only}") == (400, "LAST_PROFILE")
    assert await languages(learner) == [("es", True)]


async def test_leaving_all_at_once_leaves_one(learner: Learner) -> None:
    for language in ("de", "fr"):
        await learner.take_up(language)
    ids = [profile["id"] for profile in (await learner.call("GET", PATH))["data"]]
    answers = await asyncio.gather(*(learner.send("DELETE", f"{PATH}/{each}") for each in ids))
    assert sorted(answer.status_code for answer in answers) == [204, 204, 400]
    assert [is_active for _, is_active in await languages(learner)] == [True]


@pytest.mark.parametrize(
    ("method", "suffix", "body"),
    [("GET", "", None), ("PATCH", "", {"current_level": "A2"}), ("DELETE", "", None), ("POST", "/activate", None)],
)
async def test_profiles_of_others_are_not_there(
    client: httpx2.AsyncClient, learner: Learner, method: str, suffix: str, body: Any
) -> None:
    mine = (await learner.call("GET", PATH))["data"][0]
    stranger = await sign_in(client, 8)
    await stranger.take_up("de")
    for profile_id in (mine["id"], uuid4()):
        found = await code_of(stranger, method, f"{PATH}/{profile_id}{suffix}", json=body)
        assert found == (404, "PROFILE_NOT_FOUND")
    assert await learner.call("GET", f"{PATH}/{mine['id']}") == mine


async def test_the_draft_is_kept_and_ends_with_the_profile(client: httpx2.AsyncClient) -> None:
    path, learner = "/api/onboarding/draft", await sign_in(client)
    empty = await learner.call("GET", path, status=200)
    assert set(empty.values()) == {None}
    draft = {"language": "es", "current_level": "B1", "goals": ["travel"]}
    assert await learner.call("PUT", path, status=200, json=draft) == empty | draft
    assert await learner.call("GET", path) == empty | draft
    assert await learner.call("PUT", path, status=200, json={"language": "de"}) == empty | {"language": "de"}
    assert await (await sign_in(client, 8)).call("GET", path) == empty
    await learner.take_up("de")
    assert await learner.call("GET", path) == empty


@pytest.mark.parametrize(
    ("draft", "status"),
    [
        ({"language": "xx"}, 400),
        ({"current_level": "A9"}, 400),
        ({"target_level": "A9"}, 400),
        ({"goals": ["fame"]}, 400),
        ({"native_language": "de"}, 422),
        ({"colour": "red"}, 422),
    ],
)
async def test_a_draft_that_cannot_be(client: httpx2.AsyncClient, draft: dict[str, Any], status: int) -> None:
    await (await sign_in(client)).call("PUT", "/api/onboarding/draft", status=status, json=draft)


@given(
    st.sampled_from(list(LANGUAGES)),
    st.sampled_from(LEVELS),
    st.none() | st.sampled_from(LEVELS),
    st.none() | st.lists(st.sampled_from(GOALS), min_size=1, max_size=8, unique=True),
)
def test_a_new_profile_is_consistent_or_refused(
    language: str, current: str, target: str | None, goals: list[str] | None
) -> None:
    wanted = NewProfile(language=language, current_level=current, target_level=target, goals=goals)
    if target is not None and target < current:
        with pytest.raises(AppError, match="TARGET_BELOW_CURRENT"):
            new_profile(wanted)
        return
    columns = new_profile(wanted)
    assert LEVELS.index(columns["target_level"]) >= LEVELS.index(columns["current_level"])
    assert columns["goals"] == (goals or ["self_development"])
