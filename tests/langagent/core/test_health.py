"""Health answers, with dependencies and without."""

from dataclasses import replace

import httpx2
import pytest

from langagent.app import create_app
from langagent.settings import Settings
from tests.langagent.conftest import FrozenClock


async def test_live_needs_nothing(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/health/live")
    assert answer.status_code == 200


async def test_ready_says_so(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/health/ready")
    assert (answer.status_code, answer.json()["errors"]) == (200, [])


@pytest.mark.parametrize("path", ["/health", "/health/ready"])
async def test_it_says_which_release_runs(path: str, settings: Settings, clock: FrozenClock) -> None:
    app = create_app(replace(settings, release="0a1b2c"), clock)
    transport = httpx2.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://localhost:8000") as client,
    ):
        assert (await client.get(path)).json()["release"] == "0a1b2c"


async def test_unknown_paths_get_the_envelope(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/api/nothing", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "NOT_FOUND"
    assert answer.headers["x-request-id"] == answer.json()["error"]["request_id"]
