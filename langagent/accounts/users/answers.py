"""Learners as the API shows them; pure."""

from typing import Final, Literal

from langagent.accounts.plans.models import Entitlements, PlanName, Subscription
from langagent.accounts.users.models import Limits, Me, User, UserAnswer

_STATUS: Final[dict[str, Literal["trial", "active", "granted"]]] = {
    "trial": "trial",
    "stripe": "active",
    "stars": "active",
    "admin": "granted",
    "promo": "granted",
}


def effective_plan(user: User, entitlements: Entitlements) -> PlanName:
    """Admins have Premium."""
    return "premium" if user.is_admin else entitlements.plan


def user_answer(user: User, entitlements: Entitlements) -> UserAnswer:
    plan = effective_plan(user, entitlements)
    return UserAnswer(
        id=user.id,
        telegram_id=user.telegram_id,
        first_name=user.first_name,
        last_name=user.last_name,
        username=user.username,
        native_language=user.native_language,
        timezone=user.timezone,
        plan=plan,
        is_premium=plan == "premium",
        trial_ends_at=entitlements.trial_ends_at,
        created_at=user.created_at,
    )


def me(user: User, entitlements: Entitlements, limits: Limits) -> Me:
    return Me(
        **user_answer(user, entitlements).model_dump(),
        **user.settings.model_dump(),
        timezone_source=user.timezone_source,
        is_admin=user.is_admin,
        consent_version=user.consent_version,
        subscription=_subscription(user, entitlements),
        limits=limits,
    )


def _subscription(user: User, entitlements: Entitlements) -> Subscription:
    if user.is_admin and entitlements.plan != "premium":
        return Subscription(status="granted", plan="premium", expires_at=None, source="admin")
    status = _STATUS[entitlements.source] if entitlements.source else "free"
    return Subscription(
        status=status, plan=entitlements.plan, expires_at=entitlements.ends_at, source=entitlements.source
    )
