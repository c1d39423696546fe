"""Language profiles and what the API says of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from langagent.accounts.plans.models import LimitWarning
from langagent.core.http.schemas import Answer, Body, Changes, Moment

TutorLanguage = Literal["native", "target"]
NewCardOrder = Literal["added", "frequency"]
Retention = Annotated[float, Field(ge=0.70, le=0.97)]
NewCardsPerDay = Annotated[int, Field(ge=0, le=200)]
MaxIntervalDays = Annotated[int, Field(ge=30, le=36500)]
Code = Annotated[str, Field(min_length=1, max_length=60)]
Goals = Annotated[list[Code], Field(min_length=1, max_length=8)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One studied language of one learner."""

    id: UUID
    user_id: UUID
    language: str
    current_level: str
    target_level: str
    goals: tuple[str, ...]
    tutor_language: TutorLanguage
    is_active: bool
    active_deck_id: UUID | None
    desired_retention: float
    new_cards_per_day: int
    new_card_order: NewCardOrder
    max_interval_days: int
    fsrs_parameters: tuple[float, ...] | None
    fsrs_review_count: int
    streak: int
    created_at: datetime
    updated_at: datetime


class NewProfile(Body):
    """Target defaults to the next level, goals to self-development."""

    language: Code
    current_level: Code
    target_level: Code | None = None
    goals: Goals | None = None
    starter_deck: Code | None = None


class ProfileChanges(Changes):
    """What a learner may change; the language is not among it."""

    current_level: Code = ""
    target_level: Code = ""
    goals: Goals = Field(default_factory=list)
    tutor_language: TutorLanguage = "native"
    desired_retention: Retention = 0.9
    new_cards_per_day: NewCardsPerDay = 20
    new_card_order: NewCardOrder = "added"
    max_interval_days: MaxIntervalDays = 365


class Progress(Answer):
    """How far a profile came; `level_progress` is the part of the way to the next level, from 0 to 1."""

    cards_count: int
    exercises_count: int
    streak: int
    level_progress: float


class ProfileAnswer(Answer):
    """A profile as its owner sees it."""

    id: UUID
    user_id: UUID
    language: str
    language_name: str
    current_level: str
    target_level: str
    goals: list[str]
    tutor_language: TutorLanguage
    desired_retention: float
    new_cards_per_day: int
    new_card_order: NewCardOrder
    max_interval_days: int
    is_active: bool
    active_deck_id: UUID | None
    progress: Progress
    created_at: Moment
    updated_at: Moment


class CreatedProfile(ProfileAnswer):
    """A new profile; `limit_warning` is set when the profiles of the plan are nearly used up."""

    limit_warning: LimitWarning | None
