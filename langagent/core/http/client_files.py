"""The built browser client: hashed assets for ever, everything else its index page."""

import re
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' https://telegram.org",
        "style-src 'self'",
        "img-src 'self' data: https:",
        "frame-src https://oauth.telegram.org",
        "frame-ancestors 'self' https://web.telegram.org https://*.telegram.org",
        "base-uri 'none'",
        "object-src 'none'",
    )
)

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


def client_routes(folder: Path) -> list[BaseRoute]:
    """Routes that serve ``folder`` (Vite's output); none when it was not built."""
    if not (folder / "index.html").is_file():
        return []

    async def page(request: Request) -> Response:
        path = request.path_params["path"]
        top_level = folder / path
        if path and "/" not in path and top_level.is_file():
            return FileResponse(top_level)
        headers = {"Cache-Control": "no-cache", "Content-Security-Policy": CONTENT_SECURITY_POLICY}
        return FileResponse(folder / "index.html", headers=headers)

    return [
        Mount("/assets", _Immutable(directory=folder / "assets")),
        _Page("/{path:path}", page),
    ]
