"""Request limits: by address before sign-in, by learner after it."""

from collections.abc import Sequence
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from langagent.core.errors import AppError, ErrorCode
from langagent.core.http.client_address import Network, client_address
from langagent.core.http.limits import RateLimit
from langagent.core.http.principal import Allowance, Principal
from langagent.core.metrics import LIMIT_HITS

_EXEMPT: Final = ("/health", "/metrics", "/api/webhook")


def bearer_of(scope: Scope) -> str | None:
    """The access token of the Authorization header."""
    header = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
    scheme, _, token = header.decode("latin-1").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def is_limited(scope: Scope) -> bool:
    """Only the API is counted: health, webhooks, preflights and the client's files are not."""
    return scope["method"] != "OPTIONS" and scope["path"].startswith("/api/") and not scope["path"].startswith(_EXEMPT)


def enforce(allowance: Allowance, kind: str, plan: str) -> None:
    """Raises: AppError RATE_LIMIT_EXCEEDED."""
    if allowance.is_exceeded:
        LIMIT_HITS.labels(kind, plan).inc()
        raise AppError(
            ErrorCode.RATE_LIMIT_EXCEEDED,
            details={"limit_type": kind, "max": allowance.limit},
            retry_after=max(1, allowance.reset_s),
        )


class IpLimit:
    """Counts requests without a token; those whose token is refused are counted by `Authentication`."""

    def __init__(self, app: ASGIApp, *, limit: RateLimit, trusted: Sequence[Network]) -> None:
        self.app = app
        self._limit = limit
        self._trusted = trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_limited(scope) and bearer_of(scope) is None:
            await hit_address(scope, self._limit, self._trusted)
        await self.app(scope, receive, send)


async def hit_address(scope: Scope, limit: RateLimit, trusted: Sequence[Network]) -> None:
    """Counts one request of the peer's address.

    Raises: AppError RATE_LIMIT_EXCEEDED.
    """
    allowance = await limit.hit(f"rl:ip:{client_address(scope, trusted)}")
    if allowance is not None:
        enforce(allowance, "ip", "")


class UserLimit:
    """Enforces what `Authentication` counted, and tells the learner what is left."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        allowance: Allowance | None = scope["state"].get("allowance") if scope["type"] == "http" else None
        if allowance is None:
            await self.app(scope, receive, send)
            return
        principal: Principal = scope["state"]["principal"]
        enforce(allowance, "user", principal.plan)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_headers(allowance)]
            await send(message)

        await self.app(scope, receive, with_headers)


def _headers(allowance: Allowance) -> list[tuple[bytes, bytes]]:
    return [
        (b"x-ratelimit-limit", b"%d" % allowance.limit),
        (b"x-ratelimit-remaining", b"%d" % allowance.remaining),
        (b"x-ratelimit-reset", b"%d" % allowance.reset_s),
    ]
