"""The one error a method raises, in the words of Telegram."""


class ApiError(Exception):
    """A refused call: HTTP status, Telegram's description and, for floods, the seconds to wait."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


def bad_request(reason: str) -> ApiError:
    """Return the 400 that Telegram gives for a wrong call."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """Return the 403 that Telegram gives when a person may not be written to."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """Return the 409 that Telegram gives when polling meets a webhook or another poller."""
    return ApiError(409, f"Conflict: {reason}")


def too_many(seconds: int) -> ApiError:
    """Return the 429 that asks to wait so many seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", seconds)
