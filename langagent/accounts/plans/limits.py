"""The one table of plans (PRODUCT 10.1) and the rule of counted limits."""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any, Final

from langagent.accounts.plans.models import PLAN_ORDER, LimitWarning, PlanLimits, Resource
from langagent.core.errors import AppError, ErrorCode
from langagent.settings import SettingsError

PLANS: Final[Mapping[str, PlanLimits]] = {
    "free": PlanLimits(
        profiles=1, cards=200, groups=1, group_members=5, words_per_request=20,
        messages=50, exercises=10, audio_clips=20, model_budget_usd=0.20,
    ),
    "basic": PlanLimits(
        profiles=3, cards=2000, groups=3, group_members=20, words_per_request=20,
        messages=200, exercises=50, audio_clips=100, model_budget_usd=0.80,
    ),
    "premium": PlanLimits(
        profiles=10, cards=None, groups=50, group_members=100, words_per_request=20,
        messages=500, exercises=None, audio_clips=300, model_budget_usd=2.00,
    ),
}  # fmt: skip
_SHOWN_AS_UNLIMITED: Final = {Resource.PROFILES: 10, Resource.GROUPS: 50}
_WARN_FROM_PERCENT: Final = 80
_UPGRADE_URL: Final = "/profile/premium"


def plan_table(overrides_json: str) -> dict[str, PlanLimits]:
    """The table with the numbers of PLAN_LIMITS_JSON put in.

    Raises: SettingsError for an unknown plan, an unknown limit or a value that is no number.
    """
    overrides: dict[str, Any] = json.loads(overrides_json)
    problems = [problem for plan, limits in overrides.items() for problem in _problems(plan, limits)]
    if problems:
        raise SettingsError([f"PLAN_LIMITS_JSON: {problem}" for problem in problems])
    return {plan: dataclasses.replace(limits, **overrides.get(plan, {})) for plan, limits in PLANS.items()}


def _problems(plan: str, limits: Any) -> list[str]:
    if plan not in PLANS:
        return [f"there is no plan {plan}; use {', '.join(PLANS)}"]
    if not isinstance(limits, dict):
        return [f"{plan} must be an object of limits"]
    known = {field.name for field in dataclasses.fields(PlanLimits)}
    unknown = [f"there is no limit {name}; use {', '.join(sorted(known))}" for name in limits if name not in known]
    wrong = [
        f"{plan}.{name} must be {_expected(name)}"
        for name, value in limits.items()
        if name in known and not _fits(name, value)
    ]
    return unknown + wrong


def _expected(name: str) -> str:
    return "a number from 0" if name == "model_budget_usd" else "a whole number from 0, or null for unlimited"


def _fits(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return False
    if name == "model_budget_usd":
        return isinstance(value, int | float) and value >= 0
    return value is None or (isinstance(value, int) and value >= 0)


def shown_maximum(resource: Resource, limits: PlanLimits) -> int | None:
    """The maximum as learners see it: a very generous one is shown as unlimited."""
    maximum = limits.maximum(resource)
    generous = _SHOWN_AS_UNLIMITED.get(resource)
    return None if maximum is None or (generous is not None and maximum >= generous) else maximum


def demand_room(
    plan: str, resource: Resource, used: int, adding: int, table: Mapping[str, PlanLimits]
) -> LimitWarning | None:
    """Checks that ``adding`` more fit into the limit, and warns when they leave 20 % or less.

    Raises: AppError LIMIT_REACHED: 402 when a higher plan allows more, else 409.
    """
    limits = table[plan]
    maximum = limits.maximum(resource)
    if maximum is None:
        return None
    after = used + adding
    if after > maximum:
        raise _limit_reached(plan, resource, used, maximum, table)
    if shown_maximum(resource, limits) is None or after * 100 < maximum * _WARN_FROM_PERCENT:
        return None
    return LimitWarning(limit_type=resource.value, used=after, max=maximum, remaining=maximum - after)


def _limit_reached(plan: str, resource: Resource, used: int, maximum: int, table: Mapping[str, PlanLimits]) -> AppError:
    higher = [table[name].maximum(resource) for name in PLAN_ORDER[PLAN_ORDER.index(plan) + 1 :]]
    is_raised = any(other is None or other > maximum for other in higher)
    details = {
        "limit_type": resource.value,
        "current": used,
        "max": maximum,
        "plan": plan,
        "upgrade_url": _UPGRADE_URL,
    }
    return AppError(ErrorCode.LIMIT_REACHED, details=details, status=402 if is_raised else 409)
