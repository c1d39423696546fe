"""The refresh cookie, and the guard against requests that other sites forge with it."""

from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

from langagent.accounts.sessions.models import Credentials
from langagent.core.errors import AppError, ErrorCode
from langagent.settings import Settings

NAME: Final = "la_refresh"
_PATH: Final = "/api/auth"
_REQUESTED_WITH: Final = "langagent"


class RefreshCookies:
    """Sets and clears the cookie; lets only our own pages use it."""

    def __init__(self, settings: Settings) -> None:
        self._is_secure = settings.environment != "local"
        urls = (settings.app_url, settings.api_url, *settings.cors_extra_origins)
        self._origins = frozenset(_origin(url) for url in urls)

    def header(self, credentials: Credentials, now: datetime) -> str:
        """The Set-Cookie header of fresh credentials."""
        max_age = int((credentials.refresh_expires_at - now).total_seconds())
        in_frame = credentials.method == "init_data"
        return self._cookie(credentials.refresh_token, max_age, in_frame=in_frame)

    def clearing_headers(self) -> list[str]:
        """The Set-Cookie headers that end what ``header`` began; browsers keep the framed cookie apart."""
        return [self._cookie("", 0, in_frame=in_frame) for in_frame in (False, True)]

    def _cookie(self, value: str, max_age: int, *, in_frame: bool) -> str:
        # Telegram Web shows the Mini App in a frame: only SameSite=None, kept apart by site, reaches it there.
        reach = "SameSite=None; Secure; Partitioned" if in_frame else "SameSite=Strict"
        secure = "; Secure" if self._is_secure and not in_frame else ""
        return f"{NAME}={value}; Max-Age={max_age}; Path={_PATH}; HttpOnly; {reach}{secure}"

    def demand_own_page(self, request: Request) -> None:
        """Refuses requests that a page of another site could have caused.

        Raises: AppError FORBIDDEN.
        """
        origin = request.headers.get("origin", "")
        is_ours = origin in self._origins or urlsplit(origin).netloc == request.headers.get("host")
        if request.headers.get("x-requested-with") != _REQUESTED_WITH or not origin or not is_ours:
            raise AppError(ErrorCode.FORBIDDEN)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
