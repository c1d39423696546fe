"""The order of the middleware, in one place (PRODUCT 14.5)."""

from dataclasses import dataclass

from starlette.middleware import Middleware

from langagent.core.http.client_address import networks
from langagent.core.http.limits import RateLimit
from langagent.core.http.middleware.authentication import Authentication
from langagent.core.http.middleware.body_limit import BodyLimit
from langagent.core.http.middleware.cors import Cors
from langagent.core.http.middleware.errors import ErrorBoundary
from langagent.core.http.middleware.limits import IpLimit, UserLimit
from langagent.core.http.middleware.observe import Observe
from langagent.core.http.middleware.request_id import RequestId
from langagent.core.http.middleware.security_headers import SecurityHeaders
from langagent.core.http.principal import Authenticator
from langagent.core.redis import Cache
from langagent.settings import Settings

_EXPOSED = (
    "X-Request-ID",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "Retry-After",
    "Idempotency-Replayed",
)


@dataclass(frozen=True, slots=True)
class Stack:
    """What the middleware needs; ``listed`` gives it outermost first."""

    settings: Settings
    cache: Cache
    authenticator: Authenticator
    body_limits: dict[str, int]

    def listed(self) -> list[Middleware]:
        trusted = networks(self.settings.trusted_proxies)
        ip_limit = RateLimit(self.cache, limit=self.settings.rate_limit_ip_per_minute, window_s=60)
        return [
            Middleware(RequestId),
            Middleware(Observe),
            self._cors(),
            Middleware(SecurityHeaders, hsts=self.settings.is_production),
            Middleware(ErrorBoundary),
            Middleware(BodyLimit, limits=self.body_limits),
            Middleware(IpLimit, limit=ip_limit, trusted=trusted),
            Middleware(Authentication, authenticator=self.authenticator, ip_limit=ip_limit, trusted=trusted),
            Middleware(UserLimit),
        ]

    def _cors(self) -> Middleware:
        return Middleware(
            Cors,
            allow_origins=[self.settings.app_url, *self.settings.cors_extra_origins],
            allow_credentials=True,
            allow_methods=["GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"],
            allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "X-Request-ID", "X-Requested-With"],
            expose_headers=_EXPOSED,
            max_age=86400,
        )
