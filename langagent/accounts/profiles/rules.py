"""What a profile may be: pure checks that answer with the documented errors."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from langagent.accounts.languages import GOALS, LANGUAGES, LEVELS, is_at_least, next_level
from langagent.accounts.profiles.models import NewProfile, Profile
from langagent.core.errors import AppError, ErrorCode

DEFAULT_GOALS: Final = ("self_development",)


def new_profile(wanted: NewProfile) -> dict[str, Any]:
    """The columns of a new profile, defaults filled in.

    Raises: AppError INVALID_FIELD_VALUE, INVALID_LEVEL, TARGET_BELOW_CURRENT.
    """
    check_language(wanted.language)
    check_level("current_level", wanted.current_level)
    target = next_level(wanted.current_level) if wanted.target_level is None else wanted.target_level
    check_levels(wanted.current_level, target)
    goals = DEFAULT_GOALS if wanted.goals is None else wanted.goals
    check_goals(goals)
    return {
        "language": wanted.language,
        "current_level": wanted.current_level,
        "target_level": target,
        "goals": list(goals),
    }


def check_changes(profile: Profile, given: Mapping[str, Any]) -> None:
    """Raises: AppError INVALID_FIELD_VALUE, INVALID_LEVEL, TARGET_BELOW_CURRENT."""
    check_levels(given.get("current_level", profile.current_level), given.get("target_level", profile.target_level))
    if "goals" in given:
        check_goals(given["goals"])


def check_language(language: str) -> None:
    if language not in LANGUAGES:
        raise _invalid("language", f"use one of {', '.join(LANGUAGES)}")


def demand_foreign(language: str, native_language: str) -> None:
    """Raises: AppError INVALID_FIELD_VALUE when a learner would study the native language."""
    if language == native_language:
        raise _invalid("language", "is the native language")


def check_level(field: str, level: str) -> None:
    if level not in LEVELS:
        raise AppError(ErrorCode.INVALID_LEVEL, details={field: f"use one of {', '.join(LEVELS)}"})


def check_levels(current: str, target: str) -> None:
    check_level("current_level", current)
    check_level("target_level", target)
    if not is_at_least(target, current):
        raise AppError(ErrorCode.TARGET_BELOW_CURRENT)


def check_goals(goals: Sequence[str]) -> None:
    if unknown := [goal for goal in goals if goal not in GOALS]:
        raise _invalid("goals", f"{unknown[0]} is not one of {', '.join(GOALS)}")
    if len(set(goals)) < len(goals):
        raise _invalid("goals", "each goal once")


def _invalid(field: str, problem: str) -> AppError:
    return AppError(ErrorCode.INVALID_FIELD_VALUE, details={field: problem})
