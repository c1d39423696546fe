"""Where refusals and accidents become the error envelope, still inside log, metrics, CORS and headers."""

import asyncio
import logging
from typing import Final

import asyncpg
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from langagent.core.errors import AppError, ErrorCode
from langagent.core.http.responses import error_response

logger = logging.getLogger(__name__)

_UNAVAILABLE: Final = (
    ConnectionError,
    asyncio.TimeoutError,
    FileNotFoundError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.QueryCanceledError,
    asyncpg.LockNotAvailableError,
    asyncpg.ReadOnlySQLTransactionError,
)
_BY_HTTP_STATUS: Final = {404: ErrorCode.NOT_FOUND, 405: ErrorCode.METHOD_NOT_ALLOWED}


def as_app_error(error: Exception) -> AppError:
    """What a client is told of ``error``; accidents are logged with their trace."""
    if isinstance(error, AppError):
        return error
    if isinstance(error, HTTPException):
        return AppError(_BY_HTTP_STATUS.get(error.status_code, ErrorCode.INTERNAL_ERROR))
    if isinstance(error, _UNAVAILABLE):
        logger.warning("database unavailable", extra={"event": "unavailable", "error": type(error).__name__})
        return AppError(ErrorCode.SERVICE_UNAVAILABLE, retry_after=5)
    logger.exception("unexpected error", extra={"event": "unexpected", "error": type(error).__name__})
    return AppError(ErrorCode.INTERNAL_ERROR)


class ErrorBoundary:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:
            answer = error_response(scope, as_app_error(error))
            if started:
                raise
            await answer(scope, receive, send)
