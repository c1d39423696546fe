"""Answers of the control door."""

import functools
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from emulators.telegram.errors import ApiError
from emulators.telegram.people import ImpossibleError
from emulators.telegram.updates import Update

Handler = Callable[[Request], Awaitable[Any]]


def answering(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Turn what a handler returns into JSON, and what it refuses into a 400 that says why."""

    @functools.wraps(handler)
    async def respond(request: Request) -> Response:
        try:
            return JSONResponse(await handler(request))
        except ApiError as error:
            return JSONResponse({"error": error.description}, 400)
        except (ImpossibleError, KeyError, TypeError, ValueError) as error:
            return JSONResponse({"error": f"{type(error).__name__}: {error}"}, 400)

    return respond


def shown_update(update: Update | None) -> dict[str, Any]:
    """Return an update, or nothing when the bot had not asked for its kind."""
    return {"update": update.json() if update else None}


async def body(request: Request) -> dict[str, Any]:
    """Return the JSON object of a request, empty when there is none."""
    given = await request.json() if await request.body() else {}
    if not isinstance(given, dict):
        raise TypeError("a JSON object is expected")
    return given
