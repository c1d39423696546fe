"""Learners and what the API says of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from langagent.accounts.plans.models import LimitUsage, PlanName, Subscription
from langagent.core.http.schemas import Answer, Body, Changes, Moment, no_control_characters

PersonName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=255),
    AfterValidator(no_control_characters),
]
NativeLanguage = Literal["ru", "en"]
TimezoneSource = Literal["guess", "browser", "user"]
Theme = Literal["system", "light", "dark"]
CardSide = Literal["random", "learning", "native"]
CardCount = Annotated[int, Field(ge=10, le=20)]
ExerciseCount = Annotated[int, Field(ge=5, le=10)]


class UserSettings(Answer):
    """How a learner wants the product to be."""

    theme: Theme
    audio_autoplay: bool
    card_side: CardSide
    session_card_count: int
    session_exercise_count: int
    notify_streak: bool
    notify_groups: bool
    notify_billing: bool
    notify_progress: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A live account."""

    id: UUID
    telegram_id: int
    first_name: str
    last_name: str | None
    username: str | None
    native_language: NativeLanguage
    timezone: str
    timezone_source: TimezoneSource
    timezone_changed_at: datetime | None
    settings: UserSettings
    is_admin: bool
    blocked_at: datetime | None
    consent_version: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramPerson:
    """Somebody as Telegram (or dev sign-in) describes them."""

    telegram_id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None


class UserAnswer(Answer):
    """A learner as they see themselves."""

    id: UUID
    telegram_id: int
    first_name: str
    last_name: str | None
    username: str | None
    native_language: NativeLanguage
    timezone: str
    plan: PlanName
    is_premium: bool
    trial_ends_at: Moment | None
    created_at: Moment


class Limits(Answer):
    profiles: LimitUsage
    cards: LimitUsage
    groups: LimitUsage
    messages: LimitUsage
    exercises: LimitUsage


class Me(UserAnswer, UserSettings):
    """The learner with settings, subscription and what the plan leaves."""

    timezone_source: TimezoneSource
    is_admin: bool
    consent_version: str | None
    subscription: Subscription
    limits: Limits


class UserChanges(Changes):
    """What a learner may set; ``consent_version`` is that of the legal texts they accepted."""

    first_name: PersonName = ""
    last_name: PersonName | None = None
    native_language: NativeLanguage = "ru"
    timezone: Annotated[str, Field(min_length=1, max_length=64)] = ""
    theme: Theme = "system"
    audio_autoplay: bool = False
    card_side: CardSide = "random"
    session_card_count: CardCount = 10
    session_exercise_count: ExerciseCount = 5
    notify_streak: bool = True
    notify_groups: bool = True
    notify_billing: bool = True
    notify_progress: bool = True
    consent_version: Annotated[str, Field(min_length=1, max_length=20)] = ""


class Farewell(Body):
    """Typed by the learner, so that no slip deletes an account."""

    confirmation: Literal["DELETE_MY_ACCOUNT"]
