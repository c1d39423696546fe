"""Health answers, with dependencies and without."""

import httpx2


async def test_live_needs_nothing(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/health/live")
    assert answer.status_code == 200


async def test_ready_says_so(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/health/ready")
    assert (answer.status_code, answer.json()["errors"]) == (200, [])


async def test_unknown_paths_get_the_envelope(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/api/nothing", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "NOT_FOUND"
    assert answer.headers["x-request-id"] == answer.json()["error"]["request_id"]
