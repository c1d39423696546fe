"""/health, /health/live and /health/ready (PRODUCT 14.3), and /metrics."""

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from langagent import VERSION
from langagent.core import queries
from langagent.core.clock import Clock
from langagent.core.database import Database
from langagent.core.http.client_address import is_forwarded
from langagent.core.http.middleware.limits import bearer_of
from langagent.core.http.responses import Json
from langagent.core.metrics import MIGRATION_VERSION
from langagent.core.redis import Cache
from langagent.settings import Secret

CHECK_TIMEOUT_S: Final = 2.0
CACHE_S: Final = 10.0
Check = Callable[[], Awaitable[None]]


class CheckFailedError(Exception):
    """A dependency answered, but not well; the text says how."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    Attributes:
        error: None when all is well.
        latency_ms: how long the check took.
    """

    error: str | None
    latency_ms: float

    def described(self) -> dict[str, Any]:
        return {"status": "failed" if self.error else "ok", "latency_ms": self.latency_ms}


class Health:
    """Runs the checks at once, each within two seconds, and remembers the findings for ten."""

    def __init__(
        self, database: Database, cache: Cache, clock: Clock, *, needed_schema: int, token: Secret, release: str = ""
    ) -> None:
        self._database = database
        self._cache = cache
        self._clock = clock
        self._needed_schema = needed_schema
        self._token = token.reveal()
        self._build = {"version": VERSION, "release": release}
        self._findings: Mapping[str, Finding] = {}
        self._found_at = -CACHE_S

    def routes(self) -> list[Route]:
        return [
            Route("/health", self.health),
            Route("/health/live", self.live),
            Route("/health/ready", self.ready),
            Route("/metrics", metrics),
        ]

    async def live(self, _request: Request) -> Response:
        return Json(b'{"status":"ok"}')

    async def ready(self, _request: Request) -> Response:
        findings = await _run({"database": self._check_schema, "redis": self._check_redis})
        errors = _errors(findings)
        body = {"status": "unready" if errors else "ready", **self._build, "errors": errors}
        return Json(body, status_code=503 if errors else 200)

    async def health(self, request: Request) -> Response:
        if time.monotonic() - self._found_at >= CACHE_S:
            self._findings = await _run({"database": self._check_schema, "redis": self._check_redis})
            self._found_at = time.monotonic()
        errors = _errors(self._findings)
        body: dict[str, Any] = {"status": "unhealthy" if errors else "healthy", **self._build}
        if self._shows_details(request):
            checks = {name: finding.described() for name, finding in self._findings.items()}
            body |= {"timestamp": self._clock().isoformat(), "checks": checks, "errors": errors}
        return Json(body, status_code=503 if errors else 200)

    def _shows_details(self, request: Request) -> bool:
        token = bearer_of(request.scope) or ""
        return bool(self._token) and hmac.compare_digest(token.encode(), self._token.encode())

    async def _check_schema(self) -> None:
        async with self._database.connection() as connection:
            version, floor = await queries.schema_state(connection)
        MIGRATION_VERSION.set(version)
        if version < self._needed_schema:
            raise CheckFailedError(f"schema {version}, {self._needed_schema} is needed: run `langagent migrate up`")
        if self._needed_schema < floor:
            raise CheckFailedError(f"the schema needs a release from {floor} on, this one is {self._needed_schema}")

    async def _check_redis(self) -> None:
        if not await self._cache.ping():
            raise CheckFailedError("Redis does not answer")


async def _run(checks: Mapping[str, Check]) -> dict[str, Finding]:
    findings = await asyncio.gather(*(_find(check) for check in checks.values()))
    return dict(zip(checks, findings, strict=True))


async def _find(check: Check) -> Finding:
    started = time.perf_counter()
    error: str | None = None
    try:
        await asyncio.wait_for(check(), CHECK_TIMEOUT_S)
    except CheckFailedError as failure:
        error = str(failure)
    except Exception as failure:  # whatever a dependency raises is a finding, not an accident
        error = f"no answer ({type(failure).__name__})"
    return Finding(error, round((time.perf_counter() - started) * 1000, 1))


def _errors(findings: Mapping[str, Finding]) -> list[str]:
    return [f"{name}: {finding.error}" for name, finding in findings.items() if finding.error]


async def metrics(request: Request) -> Response:
    """Prometheus text; a request that came through a proxy gets a 404."""
    if is_forwarded(request.scope):
        raise HTTPException(404)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
