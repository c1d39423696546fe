"""What Telegram vouches for: the checks of initData and of the Login Widget; pure."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson

from langagent.accounts.users.models import TelegramPerson
from langagent.core.errors import AppError, ErrorCode
from langagent.settings import Secret

INIT_DATA_LENGTH: Final = 4096
WIDGET_MAX_AGE: Final = timedelta(days=1)
AHEAD: Final = timedelta(seconds=60)
_MAX_FIELDS: Final = 50
_MAX_ID: Final = 2**53
_NAME_LENGTH: Final = 255


def person_from_init_data(init_data: str, bot_token: Secret, now: datetime, max_age: timedelta) -> TelegramPerson:
    """Who opened the Mini App.

    Raises: AppError AUTH_FAILED for a wrong hash; INVALID_INIT_DATA for malformed, expired or future data.
    """
    pairs = _parse(init_data)
    fields = dict(pairs)
    for name in ("hash", "auth_date", "user"):
        if sum(key == name for key, _ in pairs) != 1:
            raise _invalid()
    secret = hmac.digest(b"WebAppData", bot_token.reveal().encode(), "sha256")
    _demand_hash(fields["hash"], (pair for pair in pairs if pair[0] != "hash"), secret)
    _demand_fresh(fields["auth_date"], now, max_age)
    return person_of(_user(fields["user"]))


def person_from_widget(fields: Mapping[str, str], bot_token: Secret, now: datetime) -> TelegramPerson:
    """Who pressed the Login Widget's button; ``fields`` are all that it gave, as text.

    Raises: AppError AUTH_FAILED for a wrong hash; INVALID_INIT_DATA for expired or future data.
    """
    secret = hashlib.sha256(bot_token.reveal().encode()).digest()
    _demand_hash(fields["hash"], (pair for pair in fields.items() if pair[0] != "hash"), secret)
    _demand_fresh(fields["auth_date"], now, WIDGET_MAX_AGE)
    return person_of({**fields, "id": int(fields["id"])})


def _parse(init_data: str) -> list[tuple[str, str]]:
    if len(init_data) > INIT_DATA_LENGTH:
        raise _invalid()
    try:
        return parse_qsl(
            init_data, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=_MAX_FIELDS
        )
    except ValueError:
        raise _invalid() from None


def _demand_hash(given: str, pairs: Iterable[tuple[str, str]], secret: bytes) -> None:
    check_string = "\n".join(f"{key}={value}" for key, value in sorted(pairs))
    expected = hmac.digest(secret, check_string.encode("utf-8", "surrogatepass"), "sha256").hex()
    if not hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode()):
        raise AppError(ErrorCode.AUTH_FAILED)


def _demand_fresh(auth_date: str, now: datetime, max_age: timedelta) -> None:
    if not (auth_date.isascii() and auth_date.isdigit()):
        raise _invalid()
    age_s = now.timestamp() - int(auth_date)
    if age_s > max_age.total_seconds() or -age_s > AHEAD.total_seconds():
        raise _invalid()


def _user(text: str) -> dict[str, Any]:
    try:
        user = orjson.loads(text)
    except ValueError:
        raise _invalid() from None
    if not isinstance(user, dict) or user.get("is_bot"):
        raise _invalid()
    return user


def person_of(user: Mapping[str, Any]) -> TelegramPerson:
    """The person in a `User` of Telegram's.

    Raises: AppError INVALID_INIT_DATA.
    """
    telegram_id = user.get("id")
    if type(telegram_id) is not int or not 0 < telegram_id < _MAX_ID:
        raise _invalid()
    return TelegramPerson(
        telegram_id=telegram_id,
        first_name=_text(user, "first_name") or "",
        last_name=_text(user, "last_name"),
        username=_text(user, "username"),
        language_code=(_text(user, "language_code") or "")[:10] or None,
    )


def _text(user: Mapping[str, Any], field: str) -> str | None:
    """A text that PostgreSQL can keep; None when it is empty."""
    value = user.get(field)
    if value is not None and not isinstance(value, str):
        raise _invalid()
    kept = "".join(character for character in value or "" if character >= " " and not _is_surrogate(character))
    return kept[:_NAME_LENGTH] or None


def _is_surrogate(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"


def _invalid() -> AppError:
    return AppError(ErrorCode.INVALID_INIT_DATA)
