"""HTTP: what signed links lead to."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from langagent.core.errors import AppError, ErrorCode
from langagent.core.http.operation import Call, Operation
from langagent.core.http.schemas import NoBody, Query
from langagent.media.links import PATH
from langagent.media.models import MediaFile
from langagent.media.service import Media
from langagent.media.storage import Storage


class LinkQuery(Query):
    """The end of a link, and its signature."""

    exp: Annotated[int, Field(ge=0, lt=1 << 40)]
    sig: Annotated[str, Field(max_length=64)]


@dataclass(frozen=True, slots=True)
class MediaRoutes:
    media: Media
    storage: Storage

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "GET",
                f"{PATH}/{{key:path}}",
                self.read,
                "A stored file, by a signed link",
                query=LinkQuery,
                public=True,
                errors=(ErrorCode.FORBIDDEN, ErrorCode.NOT_FOUND),
                media_type="application/octet-stream",
            ),
        )

    async def read(self, call: Call[NoBody, LinkQuery]) -> Response:
        key: str = call.request.path_params["key"]
        file = await self.media.linked(key, call.query.exp, call.query.sig)
        path = self.storage.path(file.sha256)
        if path is None:
            return RedirectResponse(await self.storage.url(file))
        headers = {"ETag": f'"{file.sha256}"', **file.headers}
        if _has(call.request, file):
            return Response(status_code=304, headers=headers)
        if not await self.storage.exists(file.sha256):
            raise AppError(ErrorCode.NOT_FOUND)
        return FileResponse(path, media_type=file.mime, headers=headers)


def _has(request: Request, file: MediaFile) -> bool:
    """Whether the client says that it has this very content (RFC 9110, 13.1.2)."""
    known = request.headers.get("if-none-match", "").split(",")
    return any(tag.strip().removeprefix("W/") in ("*", f'"{file.sha256}"') for tag in known)
