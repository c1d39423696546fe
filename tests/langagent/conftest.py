"""The product as its tests meet it: over HTTP, on real PostgreSQL and Redis, with a clock of their own."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from langagent.app import create_app
from langagent.core.database import Database
from langagent.settings import Secret, Settings
from tests.langagent.learners import Learner, sign_in


class FrozenClock:
    """Stands still until it is advanced."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, step: timedelta) -> None:
        self.now += step


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
def settings(database_url: str, redis_url: str) -> Settings:
    return Settings(
        database_url=Secret(database_url),
        redis_url=Secret(redis_url),
        secret_key=Secret("test-secret-key-of-thirty-two-bytes!"),
        trial_hash_key=Secret("test-trial-key-of-thirty-two-bytes!!"),
        telegram_bot_token=Secret("123456:TEST-TOKEN"),
        telegram_api_url="http://127.0.0.1:9",
        dev_sign_in=True,
        rate_limit_ip_per_minute=10_000,
        rate_limit_user_per_hour=100_000,
    )


@pytest.fixture
def app(settings: Settings, clock: FrozenClock) -> Starlette:
    return create_app(settings, clock)


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    """A client on loopback; the application's lifespan runs around it."""
    transport = httpx2.ASGITransport(app=app, client=("127.0.0.1", 50000))
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://localhost:8000") as client,
    ):
        yield client


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """The database as the app role sees it."""
    database = Database(settings.database_url, pool_size=4)
    await database.connect()
    yield database
    await database.disconnect()


@pytest.fixture
async def learner(client: httpx2.AsyncClient) -> Learner:
    """A Russian speaker on the trial who takes up Spanish."""
    learner = await sign_in(client)
    await learner.take_up("es")
    return learner
