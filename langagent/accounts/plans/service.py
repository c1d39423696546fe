"""The plan of a learner and the room it leaves."""

import hmac
from datetime import timedelta
from uuid import UUID

from langagent.accounts.plans import queries
from langagent.accounts.plans.limits import demand_room, plan_table, shown_maximum
from langagent.accounts.plans.models import (
    Entitlements,
    LimitWarning,
    PlanLimits,
    PublicLimits,
    PublicPlan,
    Resource,
)
from langagent.core.clock import Clock
from langagent.core.database import Connection
from langagent.core.errors import AppError
from langagent.core.metrics import LIMIT_HITS
from langagent.settings import Settings


class Plans:
    """Limits by plan, and the entitlements that plans come from."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._table = plan_table(settings.plan_limits_json)
        self._trial = timedelta(days=settings.trial_days)
        self._trial_key = settings.trial_hash_key.reveal().encode()
        self._clock = clock

    def limits(self, plan: str) -> PlanLimits:
        return self._table[plan]

    def demand_room(self, plan: str, resource: Resource, used: int, adding: int = 1) -> LimitWarning | None:
        """Checks that ``adding`` more fit; ``used`` must be counted under a lock that other additions wait for.

        Raises: AppError LIMIT_REACHED.
        """
        try:
            return demand_room(plan, resource, used, adding, self._table)
        except AppError:
            LIMIT_HITS.labels(resource.value, plan).inc()
            raise

    async def entitlements(self, connection: Connection, user_id: UUID) -> Entitlements:
        return await queries.entitlements(connection, user_id, self._clock())

    async def grant_trial(self, connection: Connection, user_id: UUID, telegram_id: int) -> None:
        """Gives the trial once per Telegram account for ever."""
        if self._trial > timedelta(0):
            telegram_hash = hmac.digest(self._trial_key, str(telegram_id).encode(), "sha256")
            now = self._clock()
            await queries.grant_trial(connection, user_id, telegram_hash, now, now + self._trial)

    def public(self) -> list[PublicPlan]:
        """Every plan as learners are shown it."""
        return [
            PublicPlan.model_validate({"plan": plan, "limits": _public(limits)}) for plan, limits in self._table.items()
        ]


def _public(limits: PlanLimits) -> PublicLimits:
    return PublicLimits(**{resource.value: shown_maximum(resource, limits) for resource in Resource})
