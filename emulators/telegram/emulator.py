"""The emulator as one ASGI application."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from emulators.telegram.api import Api, not_found
from emulators.telegram.clock import Clock, SystemClock
from emulators.telegram.control.chats import ChatControl
from emulators.telegram.control.events import EventStream
from emulators.telegram.control.troubles import TroubleControl
from emulators.telegram.flood import FloodRule
from emulators.telegram.people import People
from emulators.telegram.world import World

PAGE = Path(__file__).parent / "page"
DEVELOPMENT_BOT = "123456:TEST-TOKEN"


class TelegramEmulator:
    """One bot's Telegram, in memory: `/bot<token>/…` for the bot, `/` for people, `/emulator/…` for tests.

    Webhooks are delivered while the application's lifespan runs, as it does under `serve`.
    """

    def __init__(
        self,
        token: str = DEVELOPMENT_BOT,
        *,
        username: str = "langagent_dev_bot",
        app_url: str = "http://localhost:5173",
        clock: Clock | None = None,
        flood: FloodRule | None = None,
    ) -> None:
        self.world = World(token, username, clock or SystemClock(), flood or FloodRule())
        self.people = People(self.world)
        self._app = Starlette(
            routes=self._routes(app_url), lifespan=self._lifespan, exception_handlers={404: not_found}
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        await self._app(scope, receive, send)

    def _routes(self, app_url: str) -> list[Route | Mount]:
        api = Api(self.world)
        control = [
            *ChatControl(self.world, self.people, app_url).routes(),
            *TroubleControl(self.world, self.people).routes(),
            Route("/events", EventStream(self.world.events).stream),
        ]
        return [
            Route("/bot{token}/{method}", api.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", api.download),
            Mount("/emulator", routes=control),
            Route("/", _page),
            Mount("/page", StaticFiles(directory=PAGE)),
            Mount("/js", StaticFiles(directory=PAGE / "js")),
        ]

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        yield
        await self.world.stop_delivery()


async def _page(_: object) -> FileResponse:
    return FileResponse(PAGE / "index.html")
