"""The built browser client: hashed assets for ever, everything else its index page."""

import re
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

TELEGRAM: Final = "https://telegram.org"

_OURS: Final = re.compile(r"/(api|metrics)(/|$)")


class _Immutable(StaticFiles):
    """Files whose names hold their digest."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


class _Page(Route):
    """Every path but the server's own, where an unknown one is not found whatever the method."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if _OURS.match(scope["path"]):
            return Match.NONE, {}
        return super().matches(scope)


def content_security_policy(telegram: str = "") -> str:
    """What the client may load and who may frame it; ``telegram`` is the origin of a local Telegram."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {telegram or TELEGRAM}",
            "style-src 'self'",
            "img-src 'self' data: https:",
            "frame-src https://oauth.telegram.org",
            f"frame-ancestors 'self' {telegram or 'https://web.telegram.org https://*.telegram.org'}",
            "base-uri 'none'",
            "object-src 'none'",
        )
    )


def client_routes(folder: Path, telegram: str = "") -> list[BaseRoute]:
    """Routes that serve ``folder`` (Vite's output); none when it was not built.

    Args:
        telegram: origin of a local Telegram, which then gives the Mini App's script and its frame.
    """
    index = folder / "index.html"
    if not index.is_file():
        return []
    html = index.read_text().replace(TELEGRAM, telegram or TELEGRAM)
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": content_security_policy(telegram)}

    async def page(request: Request) -> Response:
        path = request.path_params["path"]
        top_level = folder / path
        if path and "/" not in path and top_level.is_file():
            return FileResponse(top_level)
        return HTMLResponse(html, headers=headers)

    return [
        Mount("/assets", _Immutable(directory=folder / "assets")),
        _Page("/{path:path}", page),
    ]
