"""One operation of the API: declared once, served by Starlette, described by OpenAPI."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from langagent.core.errors import AppError, ErrorCode
from langagent.core.http.idempotency import Idempotency
from langagent.core.http.principal import Principal
from langagent.core.http.responses import Json
from langagent.core.http.schemas import Body, NoBody, NoQuery, Query
from langagent.core.http.validation import refused

BodyT = TypeVar("BodyT", bound=Body)
QueryT = TypeVar("QueryT", bound=Query)

_NO_BODY: Final = NoBody()
_NO_QUERY: Final = NoQuery()


@dataclass(frozen=True, slots=True)
class Call(Generic[BodyT, QueryT]):
    """One call of an operation, validated."""

    request: Request
    body: BodyT
    query: QueryT

    @property
    def principal(self) -> Principal:
        """Who calls; only operations that are not public may ask."""
        principal: Principal = self.request.state.principal
        return principal

    def id(self, name: str = "id") -> UUID:
        """A path parameter; the path declares it as ``{name:uuid}``."""
        found: UUID = self.request.path_params[name]
        return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer with another status or further headers than its operation declares."""

    answer: BaseModel | None
    status: int
    headers: dict[str, str] = field(default_factory=dict)


Handler = Callable[[Call[Any, Any]], Awaitable[BaseModel | Outcome | Response | None]]


@dataclass(frozen=True, slots=True)
class Operation:
    """What an endpoint takes and gives.

    Attributes:
        path: Starlette path; ids as ``{id:uuid}``.
        answer: schema of the body of a success; None answers 204, or whatever Response the handler makes.
        public: no access token needed.
        creates: accepts an Idempotency-Key.
        errors: codes that the operation adds to those every operation may give.
        media_type: of a success whose handler makes the Response itself.
    """

    method: str
    path: str
    handler: Handler
    summary: str
    body: type[Body] = NoBody
    query: type[Query] = NoQuery
    answer: type[BaseModel] | None = None
    status: int = 200
    public: bool = False
    creates: bool = False
    errors: tuple[ErrorCode, ...] = ()
    media_type: str = "application/json"


def route(operation: Operation, idempotency: Idempotency) -> Route:
    """The Starlette route that serves ``operation``."""

    endpoint = Endpoint(operation, idempotency)
    return Route(operation.path, endpoint, methods=[operation.method], name=f"{operation.method} {operation.path}")


class Endpoint:
    """The ASGI application that serves one operation."""

    def __init__(self, operation: Operation, idempotency: Idempotency) -> None:
        self._operation = operation
        self._idempotency = idempotency

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        operation = self._operation
        if not operation.public:
            _demand_principal(request)
        call = await _validated(operation, request)

        async def run() -> Response:
            return _respond(operation, await operation.handler(call))

        key = request.headers.get("idempotency-key") if operation.creates else None
        return await (run() if key is None else self._idempotency.once(request, key, run))


def _demand_principal(request: Request) -> None:
    state = request.scope["state"]
    if "principal" not in state:
        raise state.get("auth_error") or AppError(ErrorCode.AUTH_REQUIRED)


async def _validated(operation: Operation, request: Request) -> Call[Any, Any]:
    try:
        query = _query(operation, request)
        if operation.body is NoBody:
            return Call(request, _NO_BODY, query)
        media_type = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
        if media_type != "application/json":
            raise AppError(ErrorCode.UNSUPPORTED_MEDIA)
        return Call(request, operation.body.model_validate_json(await request.body() or b"{}"), query)
    except ValidationError as error:
        raise refused(error, request) from None


def _query(operation: Operation, request: Request) -> Query:
    if operation.query is NoQuery and not request.scope["query_string"]:
        return _NO_QUERY
    return operation.query.model_validate(dict(request.query_params))


def _respond(operation: Operation, result: BaseModel | Outcome | Response | None) -> Response:
    if isinstance(result, Response):
        return result
    if isinstance(result, Outcome):
        return Json(result.answer, status_code=result.status, headers=result.headers)
    if result is None:
        return Response(status_code=204 if operation.status == 200 else operation.status)
    return Json(result, status_code=operation.status)
