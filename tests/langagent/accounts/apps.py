"""Further applications beside the one of the `client` fixture."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2

from langagent.app import create_app
from langagent.core.clock import Clock
from langagent.settings import Settings


@asynccontextmanager
async def running(settings: Settings, clock: Clock) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of an application with these settings."""
    app = create_app(settings, clock)
    transport = httpx2.ASGITransport(app=app, client=("127.0.0.1", 50001))
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://localhost:8000") as client,
    ):
        yield client
