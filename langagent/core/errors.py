"""The errors that people and clients see: one code each, one HTTP status each (PRODUCT 14.2)."""

from enum import StrEnum
from typing import Any, Final


class ErrorCode(StrEnum):
    """What clients decide by."""

    INVALID_INIT_DATA = "INVALID_INIT_DATA"
    INVALID_LEVEL = "INVALID_LEVEL"
    TARGET_BELOW_CURRENT = "TARGET_BELOW_CURRENT"
    INVALID_FIELD_VALUE = "INVALID_FIELD_VALUE"
    LAST_PROFILE = "LAST_PROFILE"
    LAST_DECK = "LAST_DECK"
    TOO_MANY_WORDS = "TOO_MANY_WORDS"
    AUTH_REQUIRED = "AUTH_REQUIRED"
    AUTH_FAILED = "AUTH_FAILED"
    TOKEN_EXPIRED = "TOKEN_EXPIRED"  # noqa: S105
    LIMIT_REACHED = "LIMIT_REACHED"
    FORBIDDEN = "FORBIDDEN"
    ACCOUNT_BLOCKED = "ACCOUNT_BLOCKED"
    NOT_FOUND = "NOT_FOUND"
    USER_NOT_FOUND = "USER_NOT_FOUND"
    PROFILE_NOT_FOUND = "PROFILE_NOT_FOUND"
    DECK_NOT_FOUND = "DECK_NOT_FOUND"
    CARD_NOT_FOUND = "CARD_NOT_FOUND"
    NOTIFICATION_NOT_FOUND = "NOTIFICATION_NOT_FOUND"
    JOB_NOT_FOUND = "JOB_NOT_FOUND"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    PAYLOAD_TOO_LARGE = "PAYLOAD_TOO_LARGE"
    UNSUPPORTED_MEDIA = "UNSUPPORTED_MEDIA"
    VALIDATION_ERROR = "VALIDATION_ERROR"
    DUPLICATE_LEMMA = "DUPLICATE_LEMMA"
    DUPLICATE_LANGUAGE = "DUPLICATE_LANGUAGE"
    CONFLICT = "CONFLICT"
    NOTHING_TO_UNDO = "NOTHING_TO_UNDO"
    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    RATE_LIMIT_EXCEEDED = "RATE_LIMIT_EXCEEDED"
    INTERNAL_ERROR = "INTERNAL_ERROR"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"


_Code = ErrorCode
_BY_STATUS: Final[dict[int, tuple[ErrorCode, ...]]] = {
    400: (
        _Code.INVALID_INIT_DATA,
        _Code.INVALID_LEVEL,
        _Code.TARGET_BELOW_CURRENT,
        _Code.INVALID_FIELD_VALUE,
        _Code.LAST_PROFILE,
        _Code.LAST_DECK,
        _Code.TOO_MANY_WORDS,
        _Code.UNSUPPORTED_MEDIA,
    ),
    401: (_Code.AUTH_REQUIRED, _Code.AUTH_FAILED, _Code.TOKEN_EXPIRED),
    402: (_Code.LIMIT_REACHED,),
    403: (_Code.FORBIDDEN, _Code.ACCOUNT_BLOCKED),
    404: (
        _Code.NOT_FOUND,
        _Code.USER_NOT_FOUND,
        _Code.PROFILE_NOT_FOUND,
        _Code.DECK_NOT_FOUND,
        _Code.CARD_NOT_FOUND,
        _Code.NOTIFICATION_NOT_FOUND,
        _Code.JOB_NOT_FOUND,
    ),
    405: (_Code.METHOD_NOT_ALLOWED,),
    409: (
        _Code.DUPLICATE_LEMMA,
        _Code.DUPLICATE_LANGUAGE,
        _Code.CONFLICT,
        _Code.NOTHING_TO_UNDO,
        _Code.IDEMPOTENCY_CONFLICT,
    ),
    413: (_Code.PAYLOAD_TOO_LARGE,),
    422: (_Code.VALIDATION_ERROR,),
    429: (_Code.RATE_LIMIT_EXCEEDED,),
    500: (_Code.INTERNAL_ERROR,),
    503: (_Code.SERVICE_UNAVAILABLE,),
}
STATUS: Final = {code: status for status, codes in _BY_STATUS.items() for code in codes}


class AppError(Exception):
    """A refusal with a documented code; nothing was changed.

    Args:
        code: what the client decides by.
        details: JSON-able facts for the client; for VALIDATION_ERROR field → text.
        retry_after: seconds after which trying again makes sense.
        status: only where one code has two statuses (LIMIT_REACHED: 402 or 409).
        message: catalogue key of the text, when it differs from ``errors.<code>``.
    """

    def __init__(
        self,
        code: ErrorCode,
        *,
        details: dict[str, Any] | None = None,
        retry_after: int | None = None,
        status: int | None = None,
        message: str | None = None,
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.details = details
        self.retry_after = retry_after
        self.status = status or STATUS[code]
        self.message_key = message or f"errors.{code.value.lower()}"
