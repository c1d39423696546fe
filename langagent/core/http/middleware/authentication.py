"""Who asks: a bearer token becomes the principal of the request."""

from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from langagent.core.errors import AppError
from langagent.core.http.client_address import Network
from langagent.core.http.limits import RateLimit
from langagent.core.http.middleware.limits import bearer_of, hit_address
from langagent.core.http.principal import Authenticator


class Authentication:
    """Leaves a refused token's error to the operation: public ones do not need a token.

    A refused token counts against the address, as a request without one does.
    """

    def __init__(
        self, app: ASGIApp, *, authenticator: Authenticator, ip_limit: RateLimit, trusted: Sequence[Network]
    ) -> None:
        self.app = app
        self._authenticator = authenticator
        self._ip_limit = ip_limit
        self._trusted = trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = bearer_of(scope) if scope["type"] == "http" and scope["path"].startswith("/api/") else None
        if token is not None:
            try:
                scope["state"]["principal"], scope["state"]["allowance"] = await self._authenticator.authenticate(token)
            except AppError as error:
                scope["state"]["auth_error"] = error
                await hit_address(scope, self._ip_limit, self._trusted)
        await self.app(scope, receive, send)
