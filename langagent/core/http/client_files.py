"""The built browser client: hashed assets for ever, everything else its index page."""

from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
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


class _Immutable(StaticFiles):
    """Files whose names hold their digest."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def client_routes(folder: Path) -> list[BaseRoute]:
    """Routes that serve ``folder`` (Vite's output); none when it was not built."""
    if not (folder / "index.html").is_file():
        return []

    async def page(request: Request) -> Response:
        path = request.path_params["path"]
        if path.startswith("api/") or path in ("api", "metrics"):
            raise HTTPException(404)
        top_level = folder / path
        if path and "/" not in path and top_level.is_file():
            return FileResponse(top_level)
        headers = {"Cache-Control": "no-cache", "Content-Security-Policy": CONTENT_SECURITY_POLICY}
        return FileResponse(folder / "index.html", headers=headers)

    return [
        Mount("/assets", _Immutable(directory=folder / "assets")),
        Route("/{path:path}", page),
    ]
