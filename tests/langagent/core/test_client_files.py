"""The built client: what it may load, who may frame it, how long it may be kept."""

from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from langagent.core.http.client_files import client_routes

SCRIPT = "https://telegram.org/js/telegram-web-app.js"
LOCAL = "http://localhost:8081"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/main-1a2b.js").write_text("1")
    (tmp_path / "index.html").write_text(f'<meta name="telegram-script" content="{SCRIPT}">')
    (tmp_path / "robots.txt").write_text("User-agent: *")
    return tmp_path


async def get(path: str, folder: Path, telegram: str = "") -> httpx2.Response:
    app = Starlette(routes=client_routes(folder, telegram))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as client:
        return await client.get(path)


async def test_only_telegram_may_give_a_script_and_frame_the_client(built: Path) -> None:
    page = await get("/practice/cards", built)
    policy = page.headers["content-security-policy"].split("; ")
    assert "script-src 'self' https://telegram.org" in policy
    assert "frame-ancestors 'self' https://web.telegram.org https://*.telegram.org" in policy
    assert "default-src 'self'" in policy
    assert SCRIPT in page.text


async def test_a_local_telegram_takes_the_place_of_the_real_one(built: Path) -> None:
    page = await get("/", built, LOCAL)
    policy = page.headers["content-security-policy"].split("; ")
    assert f"script-src 'self' {LOCAL}" in policy
    assert f"frame-ancestors 'self' {LOCAL}" in policy
    assert f"{LOCAL}/js/telegram-web-app.js" in page.text
    assert "telegram.org" not in page.text


async def test_hashed_files_are_kept_for_ever_and_the_page_never(built: Path) -> None:
    assert "immutable" in (await get("/assets/main-1a2b.js", built)).headers["cache-control"]
    assert (await get("/", built)).headers["cache-control"] == "no-cache"
    assert (await get("/robots.txt", built)).text == "User-agent: *"


@pytest.mark.parametrize("path", ["/api/nothing", "/metrics", "/assets/missing.js"])
async def test_what_is_not_the_clients_is_not_found(built: Path, path: str) -> None:
    assert (await get(path, built)).status_code == 404


def test_without_a_build_there_are_no_routes(tmp_path: Path) -> None:
    assert client_routes(tmp_path) == []
