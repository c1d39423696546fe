"""One log line and two metrics per request, under the route's template and never its values."""

import logging
import time
from functools import lru_cache

from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from langagent.core.metrics import HTTP_REQUESTS, HTTP_SECONDS

logger = logging.getLogger("langagent.access")


def template_of(scope: Scope) -> str:
    """The matched route's path template; one name for all that matched nothing."""
    route = scope.get("route")
    return getattr(route, "path", None) or "unmatched"


class _Watch:
    """Remembers the status that an application sent."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 500

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self._send(message)


class Observe:
    """The access log and the metrics, which see the same answer at the same moment."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        watch, started = _Watch(send), time.perf_counter()
        try:
            await self.app(scope, receive, watch)
        finally:
            _note(scope, watch.status, time.perf_counter() - started)


@lru_cache(4096)
def _meters(template: str, method: str, status: int) -> tuple[Counter, Histogram]:
    """Kept because looking labels up costs more than counting."""
    return HTTP_REQUESTS.labels(template, method, status), HTTP_SECONDS.labels(template)


def _note(scope: Scope, status: int, seconds: float) -> None:
    template = template_of(scope)
    requests, durations = _meters(template, scope["method"], status)
    requests.inc()
    durations.observe(seconds)
    principal = scope["state"].get("principal")
    logger.info(
        "request",
        extra={
            "event": "request",
            "route": template,
            "method": scope["method"],
            "status": status,
            "duration_ms": round(seconds * 1000, 1),
            "user_id": principal and str(principal.user_id),
        },
    )
