"""Plans: the table, its overrides, and the rule of counted limits."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest

from langagent.accounts.plans.limits import PLANS, demand_room, plan_table, shown_maximum
from langagent.accounts.plans.models import Resource
from langagent.core.database import Database
from langagent.core.errors import AppError
from langagent.settings import SettingsError
from tests.langagent.conftest import FrozenClock
from tests.langagent.learners import Learner, sign_in


@pytest.mark.parametrize(
    ("plan", "used", "adding", "warned"),
    [
        ("free", 0, 159, None),
        ("free", 0, 160, 40),
        ("free", 199, 1, 0),
        ("basic", 1599, 1, 400),
        ("premium", 10**6, 1, None),
    ],
)
def test_the_last_fifth_is_warned_of(plan: str, used: int, adding: int, warned: int | None) -> None:
    warning = demand_room(plan, Resource.CARDS, used, adding, PLANS)
    assert (warning and warning.remaining) == warned


@pytest.mark.parametrize(
    ("plan", "resource", "used", "status"),
    [
        ("free", Resource.CARDS, 200, 402),
        ("basic", Resource.PROFILES, 3, 402),
        ("premium", Resource.PROFILES, 10, 409),
        ("free", Resource.WORDS_PER_REQUEST, 20, 409),
    ],
)
def test_a_full_limit_says_whether_a_higher_plan_helps(plan: str, resource: Resource, used: int, status: int) -> None:
    with pytest.raises(AppError) as refusal:
        demand_room(plan, resource, used, 1, PLANS)
    assert refusal.value.status == status
    assert refusal.value.details == {
        "limit_type": resource.value, "current": used, "max": used, "plan": plan, "upgrade_url": "/profile/premium"
    }  # fmt: skip


def test_generous_limits_are_shown_as_none_and_still_hold() -> None:
    assert shown_maximum(Resource.PROFILES, PLANS["premium"]) is None
    assert demand_room("premium", Resource.PROFILES, 8, 1, PLANS) is None
    assert shown_maximum(Resource.PROFILES, PLANS["basic"]) == 3


def test_overrides_replace_single_numbers() -> None:
    table = plan_table('{"free": {"cards": 300, "messages": null}, "basic": {"model_budget_usd": 1}}')
    assert (table["free"].cards, table["free"].messages, table["free"].exercises) == (300, None, 10)
    assert table["basic"].model_budget_usd == 1
    assert table["premium"] == PLANS["premium"]


@pytest.mark.parametrize(
    ("overrides", "named"),
    [
        ('{"gold": {}}', "gold"),
        ('{"free": 5}', "free"),
        ('{"free": {"crads": 5}}', "crads"),
        ('{"free": {"cards": -1}}', "free.cards"),
        ('{"free": {"cards": true}}', "free.cards"),
        ('{"free": {"model_budget_usd": null}}', "free.model_budget_usd"),
    ],
)
def test_a_wrong_override_is_named(overrides: str, named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        plan_table(overrides)


async def grant(database: Database, learner: Learner, plan: str, **columns: Any) -> None:
    values = {"source": "promo", "source_ref": plan, "ends_at": None, "revoked_at": None} | columns
    async with database.connection() as connection:
        await connection.execute(
            """
            insert into entitlements (user_id, plan, source, source_ref, starts_at, ends_at, revoked_at)
            values ($1, $2, $3, $4, now() - interval '1 day', $5, $6)
            """,
            learner.id, plan, values["source"], values["source_ref"], values["ends_at"], values["revoked_at"],
        )  # fmt: skip


async def plan_of(learner: Learner) -> tuple[str, str, str | None]:
    me = await learner.call("GET", "/api/users/me")
    return me["plan"], me["subscription"]["status"], me["subscription"]["source"]


async def test_a_newcomer_is_premium_for_a_week(client: httpx2.AsyncClient, clock: FrozenClock) -> None:
    learner = await sign_in(client)
    assert await plan_of(learner) == ("premium", "trial", "trial")
    clock.advance(timedelta(days=7))
    again = await sign_in(client)
    assert await plan_of(again) == ("free", "free", None)
    assert again.user["trial_ends_at"] == learner.user["trial_ends_at"]


async def test_the_highest_and_longest_entitlement_counts(
    client: httpx2.AsyncClient, clock: FrozenClock, database: Database
) -> None:
    learner = await sign_in(client)
    await grant(database, learner, "basic")
    assert await plan_of(learner) == ("premium", "trial", "trial")
    await grant(database, learner, "premium", ends_at=clock() + timedelta(days=300), source="stripe")
    assert await plan_of(learner) == ("premium", "active", "stripe")
    await grant(database, learner, "premium", source="admin", revoked_at=clock())
    assert await plan_of(learner) == ("premium", "active", "stripe")
    clock.advance(timedelta(days=300))
    assert await plan_of(await sign_in(client)) == ("basic", "granted", "promo")


async def test_a_second_account_of_one_telegram_user_gets_no_second_trial(client: httpx2.AsyncClient) -> None:
    learner = await sign_in(client)
    await learner.call("DELETE", "/api/users/me", status=202, json={"confirmation": "DELETE_MY_ACCOUNT"})
    again = await sign_in(client)
    assert again.id != learner.id
    assert (again.user["plan"], again.user["trial_ends_at"]) == ("free", None)
