"""Answers on the wire: JSON of a schema, and the error envelope of PRODUCT 14.2."""

from typing import Any

import orjson
from pydantic import BaseModel
from starlette.responses import Response
from starlette.types import Scope

from langagent.core import i18n
from langagent.core.errors import AppError
from langagent.core.http.principal import Principal


def as_json(content: Any) -> bytes:
    """JSON of a schema instance or of plain values; bytes are JSON already."""
    if isinstance(content, BaseModel):
        return content.__pydantic_serializer__.to_json(content)
    return content if isinstance(content, bytes) else orjson.dumps(content)


class Json(Response):
    """A JSON answer from bytes or from a schema instance."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return as_json(content)


def language_of(scope: Scope) -> str:
    """The learner's language, or what Accept-Language asks for before sign-in."""
    principal: Principal | None = scope["state"].get("principal")
    if principal is not None:
        return principal.language
    accepted = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
    return i18n.preferred_language(accepted)


def error_response(scope: Scope, error: AppError) -> Response:
    """``error`` in the envelope, its message in the reader's language."""
    body: dict[str, Any] = {
        "code": error.code.value,
        "message": i18n.text(language_of(scope), error.message_key),
        "request_id": scope["state"].get("request_id", ""),
    }
    headers = {}
    if error.details is not None:
        body["details"] = error.details
    if error.retry_after is not None:
        body["retry_after"] = error.retry_after
        headers["Retry-After"] = str(error.retry_after)
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Json(orjson.dumps({"error": body}, default=str), status_code=error.status, headers=headers)
