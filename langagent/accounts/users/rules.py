"""What a learner may set: zones, languages, consent; pure."""

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final
from zoneinfo import available_timezones

from langagent.accounts.legal import DOCUMENTS, legal_text
from langagent.accounts.users.models import NativeLanguage, User
from langagent.core.errors import AppError, ErrorCode

TIMEZONE_REST: Final = timedelta(hours=24)
_GUESSES: Final = {
    "ru": "Europe/Moscow",
    "uk": "Europe/Kyiv",
    "en": "Europe/London",
    "es": "Europe/Madrid",
    "de": "Europe/Berlin",
    "fr": "Europe/Paris",
    "it": "Europe/Rome",
}


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())


def is_timezone(name: str) -> bool:
    return name in _timezones()


def guessed_timezone(language_code: str | None) -> str:
    """Where a learner with Telegram in this language most often is."""
    return _GUESSES.get((language_code or "")[:2].lower(), "UTC")


def guessed_native_language(language_code: str | None) -> NativeLanguage:
    return "en" if (language_code or "").lower().startswith("en") else "ru"


def settled(user: User, given: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The columns that ``given`` changes, with those that follow from them.

    Raises: AppError INVALID_FIELD_VALUE, RATE_LIMIT_EXCEEDED.
    """
    changes = dict(given)
    if "timezone" in given:
        changes |= _timezone_change(user, given["timezone"], now)
    if "consent_version" in given:
        changes |= _consent(given["consent_version"], now)
    return changes


def _timezone_change(user: User, timezone: str, now: datetime) -> dict[str, Any]:
    if not is_timezone(timezone):
        raise AppError(ErrorCode.INVALID_FIELD_VALUE, details={"timezone": "use an IANA name such as Europe/Moscow"})
    if timezone == user.timezone and user.timezone_source == "user":
        return {}
    rested_at = user.timezone_changed_at and user.timezone_changed_at + TIMEZONE_REST
    if rested_at and now < rested_at:
        raise AppError(
            ErrorCode.RATE_LIMIT_EXCEEDED,
            details={"limit_type": "timezone", "max": 1, "reset_at": rested_at},
            retry_after=math.ceil((rested_at - now).total_seconds()),
            message="errors.timezone_rest",
        )
    return {"timezone_source": "user", "timezone_changed_at": now}


def _consent(version: str, now: datetime) -> dict[str, Any]:
    current = legal_text(DOCUMENTS[0], "en").version
    if version != current:
        raise AppError(ErrorCode.INVALID_FIELD_VALUE, details={"consent_version": f"the current one is {current}"})
    return {"consent_at": now}
