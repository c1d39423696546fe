"""HTTP: refreshing, signing out, the list of sessions."""

from dataclasses import dataclass

from starlette.responses import Response

from langagent.accounts.sessions.cookies import NAME, RefreshCookies
from langagent.accounts.sessions.models import SessionAnswer, TokenAnswer
from langagent.accounts.sessions.service import Sessions
from langagent.core.clock import Clock
from langagent.core.errors import AppError, ErrorCode
from langagent.core.http.operation import Call, Operation, Outcome
from langagent.core.http.schemas import Listing, NoBody, NoQuery


@dataclass(frozen=True, slots=True)
class SessionRoutes:
    sessions: Sessions
    cookies: RefreshCookies
    clock: Clock

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "POST", "/api/auth/refresh", self.refresh, "A new access token for the refresh cookie",
                answer=TokenAnswer, public=True,
                errors=(ErrorCode.AUTH_FAILED, ErrorCode.ACCOUNT_BLOCKED, ErrorCode.FORBIDDEN),
            ),
            Operation(
                "POST", "/api/auth/logout", self.logout, "End this session", errors=(ErrorCode.FORBIDDEN,)
            ),
            Operation(
                "POST", "/api/auth/logout-all", self.logout_all, "End every session", errors=(ErrorCode.FORBIDDEN,)
            ),
            Operation(
                "GET", "/api/auth/sessions", self.listed, "Where the learner is signed in",
                answer=Listing[SessionAnswer],
            ),
            Operation(
                "DELETE", "/api/auth/sessions/{id:uuid}", self.end, "End one session", errors=(ErrorCode.NOT_FOUND,)
            ),
        )  # fmt: skip

    async def refresh(self, call: Call[NoBody, NoQuery]) -> Outcome:
        self.cookies.demand_own_page(call.request)
        text = call.request.cookies.get(NAME)
        if text is None:
            raise AppError(ErrorCode.AUTH_FAILED)
        credentials = await self.sessions.refresh(text)
        answer = TokenAnswer(token=credentials.token, expires_at=credentials.expires_at)
        return Outcome(answer, 200, {"Set-Cookie": self.cookies.header(credentials, self.clock())})

    async def logout(self, call: Call[NoBody, NoQuery]) -> Response:
        self.cookies.demand_own_page(call.request)
        await self.sessions.leave(call.principal)
        return self._signed_out()

    async def logout_all(self, call: Call[NoBody, NoQuery]) -> Response:
        self.cookies.demand_own_page(call.request)
        await self.sessions.end_all(call.principal)
        return self._signed_out()

    def _signed_out(self) -> Response:
        response = Response(status_code=204)
        for header in self.cookies.clearing_headers():
            response.headers.append("Set-Cookie", header)
        return response

    async def listed(self, call: Call[NoBody, NoQuery]) -> Listing[SessionAnswer]:
        return Listing(data=await self.sessions.listed(call.principal))

    async def end(self, call: Call[NoBody, NoQuery]) -> None:
        await self.sessions.end(call.principal, call.id())
