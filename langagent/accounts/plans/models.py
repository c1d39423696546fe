"""Plans and the numbers they allow; None means unlimited."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from langagent.core.http.schemas import Answer, Moment

PlanName = Literal["free", "basic", "premium"]
PLAN_ORDER: Final = ("free", "basic", "premium")


class Resource(StrEnum):
    """What plans count; each is a field of `PlanLimits`."""

    PROFILES = "profiles"
    CARDS = "cards"
    GROUPS = "groups"
    GROUP_MEMBERS = "group_members"
    WORDS_PER_REQUEST = "words_per_request"
    MESSAGES = "messages"
    EXERCISES = "exercises"
    AUDIO_CLIPS = "audio_clips"


DAILY: Final = frozenset({Resource.MESSAGES, Resource.EXERCISES, Resource.AUDIO_CLIPS})
COUNTED_FOR_LEARNER: Final = (
    Resource.PROFILES,
    Resource.CARDS,
    Resource.GROUPS,
    Resource.MESSAGES,
    Resource.EXERCISES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLimits:
    """The limits of one plan; messages, exercises, audio clips and the model budget are per learning day."""

    profiles: int | None
    cards: int | None
    groups: int | None
    group_members: int | None
    words_per_request: int | None
    messages: int | None
    exercises: int | None
    audio_clips: int | None
    model_budget_usd: float

    def maximum(self, resource: Resource) -> int | None:
        found: int | None = getattr(self, resource.value)
        return found


@dataclass(frozen=True, slots=True)
class Entitlements:
    """What a learner's entitlements come to at one moment.

    Attributes:
        source: of the row that gives ``plan`` for longest; None on Free.
        ends_at: when that row ends; None is never, or Free.
        trial_ends_at: end of the trial, past or future; None when there was none.
    """

    plan: PlanName
    source: str | None
    ends_at: datetime | None
    trial_ends_at: datetime | None


class LimitWarning(Answer):
    """A limit is nearly used up (80 %)."""

    limit_type: str
    used: int
    max: int
    remaining: int
    reset_at: Moment | None = None


class LimitUsage(Answer):
    """How much of a limit is used; ``max`` is null when unlimited, ``reset_at`` is set for daily ones."""

    used: int
    max: int | None
    reset_at: Moment | None = None


class Subscription(Answer):
    """Where the effective plan comes from."""

    status: Literal["free", "trial", "active", "granted"]
    plan: PlanName
    expires_at: Moment | None
    source: str | None


class PublicLimits(Answer):
    """The limits of a plan as shown; null means unlimited."""

    profiles: int | None
    cards: int | None
    groups: int | None
    group_members: int | None
    words_per_request: int | None
    messages: int | None
    exercises: int | None
    audio_clips: int | None


class PublicPlan(Answer):
    plan: PlanName
    limits: PublicLimits
