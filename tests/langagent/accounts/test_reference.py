"""What everybody may know: reference data and legal texts."""

from dataclasses import replace
from pathlib import Path

import httpx2
import orjson
import pytest

from langagent.accounts.languages import GOALS, LANGUAGES
from langagent.settings import Settings
from tests.langagent.accounts.apps import running
from tests.langagent.conftest import FrozenClock
from tests.langagent.learners import sign_in


async def test_meta_tells_everything_before_sign_in(client: httpx2.AsyncClient) -> None:
    meta = (await client.get("/api/meta")).json()
    assert {language["code"] for language in meta["languages"]} == set(LANGUAGES)
    assert [goal["key"] for goal in meta["goals"]] == list(GOALS)
    assert [(rating["rating"], rating["key"]) for rating in meta["ratings"]] == [
        (1, "again"), (2, "hard"), (3, "good"), (4, "easy")
    ]  # fmt: skip
    texts = [entry["names"] for entry in meta["goals"] + meta["ratings"]]
    assert all(names["ru"] != names["en"] and "." not in names["ru"] + names["en"] for names in texts)
    assert meta["sign_in"] == {"dev": True, "widget": False, "bot_username": ""}
    limits = {plan["plan"]: plan["limits"] for plan in meta["plans"]}
    assert (limits["free"]["cards"], limits["premium"]["cards"], limits["premium"]["profiles"]) == (200, None, None)


async def test_the_client_of_this_release_is_new_enough_for_it(client: httpx2.AsyncClient) -> None:
    meta = (await client.get("/api/meta")).json()
    package = orjson.loads((Path(__file__).parents[3] / "web" / "package.json").read_bytes())
    assert package["version"] == meta["version"]
    assert _numbers(meta["minimum_client_version"]) <= _numbers(package["version"])


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


async def test_meta_follows_the_settings(settings: Settings, clock: FrozenClock) -> None:
    changed = replace(settings, bot_username="tutor_bot", plan_limits_json='{"free": {"cards": 5}}')
    async with running(changed, clock) as client:
        meta = (await client.get("/api/meta")).json()
    assert meta["sign_in"] == {"dev": True, "widget": True, "bot_username": "tutor_bot"}
    assert meta["plans"][0]["limits"]["cards"] == 5


async def test_wrong_plan_limits_stop_the_start(settings: Settings, clock: FrozenClock) -> None:
    with pytest.raises(SystemExit, match="PLAN_LIMITS_JSON"):
        async with running(replace(settings, plan_limits_json='{"gold": {}}'), clock):
            pass


@pytest.mark.parametrize("document", ["privacy-policy", "terms-of-service"])
async def test_legal_texts_come_in_the_readers_language(client: httpx2.AsyncClient, document: str) -> None:
    path = f"/api/legal/{document}"
    asked = [(await client.get(path, params={"lang": lang})).json() for lang in ("ru", "en")]
    assert asked[0]["content"] != asked[1]["content"]
    assert {text["version"] for text in asked} == {"2026-11"}
    assert (await client.get(path, headers={"Accept-Language": "en-GB"})).json() == asked[1]
    learner = await sign_in(client, language="en")
    assert await learner.call("GET", path) == asked[1]
    assert (await client.get(path, params={"lang": "de"})).status_code == 422
