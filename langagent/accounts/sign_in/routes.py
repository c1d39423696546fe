"""HTTP: the ways to sign in."""

import ipaddress
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request

from langagent.accounts.sessions.cookies import RefreshCookies
from langagent.accounts.sign_in.models import (
    DevPerson,
    LaunchData,
    OneTime,
    SignedIn,
    SignInAnswer,
    Visit,
    WidgetData,
)
from langagent.accounts.sign_in.service import SignIn
from langagent.core import i18n
from langagent.core.clock import Clock
from langagent.core.errors import AppError, ErrorCode
from langagent.core.http.client_address import Network, client_address
from langagent.core.http.operation import Call, Operation, Outcome
from langagent.core.http.schemas import Body, NoQuery

_UNPROVEN = (ErrorCode.AUTH_FAILED, ErrorCode.ACCOUNT_BLOCKED)


@dataclass(frozen=True, slots=True)
class SignInRoutes:
    """``offers_dev``: whether dev sign-in exists at all."""

    sign_in: SignIn
    cookies: RefreshCookies
    clock: Clock
    trusted_proxies: tuple[Network, ...]
    offers_dev: bool

    def operations(self) -> tuple[Operation, ...]:
        telegram = (*_UNPROVEN, ErrorCode.INVALID_INIT_DATA)
        found = [
            self._way("validate", self.by_init_data, "Sign in from the Mini App", LaunchData, telegram),
            self._way("widget", self.by_widget, "Sign in by Telegram's Login Widget", WidgetData, telegram),
            self._way("link", self.by_link, "Sign in by a one-time link or code", OneTime, _UNPROVEN),
        ]
        if self.offers_dev:
            dev = (ErrorCode.NOT_FOUND, ErrorCode.ACCOUNT_BLOCKED)
            found.append(self._way("dev", self.by_dev, "Sign in on a developer's machine", DevPerson, dev))
        return tuple(found)

    def _way(
        self,
        name: str,
        handler: Callable[[Call[Any, Any]], Awaitable[Outcome]],
        summary: str,
        body: type[Body],
        errors: tuple[ErrorCode, ...],
    ) -> Operation:
        return Operation(
            "POST", f"/api/auth/{name}", handler, summary, body=body, answer=SignInAnswer, public=True, errors=errors
        )

    async def by_init_data(self, call: Call[LaunchData, NoQuery]) -> Outcome:
        return self._welcome(await self.sign_in.by_init_data(call.body, self._visit(call.request, call.body.timezone)))

    async def by_widget(self, call: Call[WidgetData, NoQuery]) -> Outcome:
        return self._welcome(await self.sign_in.by_widget(call.body, self._visit(call.request, call.body.timezone)))

    async def by_link(self, call: Call[OneTime, NoQuery]) -> Outcome:
        return self._welcome(await self.sign_in.by_link(call.body, self._visit(call.request, call.body.timezone)))

    async def by_dev(self, call: Call[DevPerson, NoQuery]) -> Outcome:
        _demand_loopback(call.request)
        return self._welcome(await self.sign_in.by_dev(call.body, self._visit(call.request, call.body.timezone)))

    def _visit(self, request: Request, timezone: str | None) -> Visit:
        return Visit(
            user_agent=request.headers.get("user-agent", ""),
            address=client_address(request.scope, self.trusted_proxies),
            language=i18n.preferred_language(request.headers.get("accept-language", "")),
            timezone=timezone,
        )

    def _welcome(self, signed_in: SignedIn) -> Outcome:
        credentials = signed_in.credentials
        answer = SignInAnswer(
            user=signed_in.user,
            token=credentials.token,
            expires_at=credentials.expires_at,
            is_new=signed_in.is_new,
        )
        return Outcome(answer, 200, {"Set-Cookie": self.cookies.header(credentials, self.clock())})


def _demand_loopback(request: Request) -> None:
    """Raises: AppError NOT_FOUND unless the listener and the Host header are this machine's own."""
    listener = (request.scope.get("server") or ("", None))[0]
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    if not (_is_loopback(listener) and _is_loopback(host)):
        raise AppError(ErrorCode.NOT_FOUND)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
