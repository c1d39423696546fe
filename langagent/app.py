"""The web process: the rooms behind the middleware, the client's files beside them."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

import migrations
from langagent import VERSION
from langagent.core import logging, openapi
from langagent.core.clock import Clock, system_clock
from langagent.core.floor import Floor, lay_floor
from langagent.core.garbage import keep_what_is_there
from langagent.core.health import Health
from langagent.core.http.application import Application
from langagent.core.http.client_files import client_routes
from langagent.core.http.idempotency import Idempotency
from langagent.core.http.middleware.stack import Stack
from langagent.core.http.operation import Operation, route
from langagent.core.http.responses import Json
from langagent.core.metrics import BUILD
from langagent.rooms import Rooms, open_rooms
from langagent.settings import Settings, explained
from langagent.telegram.intake.webhook import webhook

CLIENT_FOLDER: Final = Path(__file__).parent.parent / "web" / "dist"


def create_app(settings: Settings | None = None, clock: Clock = system_clock) -> Starlette:
    """The ASGI application; settings come from the environment unless given.

    Raises: SystemExit naming every problem of the environment.
    """
    owns_process = settings is None
    with explained():
        if settings is None:
            settings = Settings.from_environ(os.environ)
            logging.configure(settings.log_level)
        floor = lay_floor(settings, clock, name="langagent-web")
        rooms = open_rooms(floor)
    BUILD.info({"version": VERSION})
    health = Health(
        floor.database,
        floor.cache,
        clock,
        needed_schema=migrations.latest_version(),
        token=settings.metrics_token,
        release=settings.release,
    )
    app = Application(
        routes=[
            *health.routes(),
            *_api(rooms.operations, Idempotency(floor.database)),
            *client_routes(CLIENT_FOLDER, settings.local_telegram),
        ],
        middleware=[webhook(floor), *Stack(settings, floor.cache, rooms.authenticator, body_limits={}).listed()],
        lifespan=_lifespan(floor, rooms),
    )
    if owns_process:
        keep_what_is_there()
    return app


def _lifespan(floor: Floor, rooms: Rooms) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await floor.connect()
        try:
            for start in rooms.on_start:
                await start()
            yield
        finally:
            await floor.disconnect()

    return lifespan


def _api(operations: Sequence[Operation], idempotency: Idempotency) -> list[BaseRoute]:
    @cache
    def described() -> Response:
        return Json(openapi.document(operations))

    async def document(_request: Request) -> Response:
        # Made when it is first asked for: it takes longer than all else that a process does to be ready.
        return await asyncio.to_thread(described)

    return [*(route(operation, idempotency) for operation in operations), Route("/api/openapi.json", document)]
