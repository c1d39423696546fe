"""OpenAPI 3.1 from the very schemas that validate requests and answers."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from langagent import VERSION
from langagent.core.errors import STATUS, ErrorCode
from langagent.core.http.operation import Operation
from langagent.core.http.schemas import Answer, NoBody

_REF: Final = "#/components/schemas/{model}"
_PARAMETER: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")
_EVERYWHERE: Final = (
    ErrorCode.VALIDATION_ERROR,
    ErrorCode.RATE_LIMIT_EXCEEDED,
    ErrorCode.INTERNAL_ERROR,
    ErrorCode.SERVICE_UNAVAILABLE,
)
_SIGNED_IN: Final = (
    ErrorCode.AUTH_REQUIRED,
    ErrorCode.AUTH_FAILED,
    ErrorCode.TOKEN_EXPIRED,
    ErrorCode.ACCOUNT_BLOCKED,
)
_WITH_BODY: Final = (ErrorCode.UNSUPPORTED_MEDIA, ErrorCode.PAYLOAD_TOO_LARGE)
Mode = Literal["validation", "serialization"]
_References = dict[tuple[Any, Mode], Any]


class ErrorBody(Answer):
    """What went wrong; decide by ``code``."""

    code: ErrorCode
    message: str
    request_id: str
    details: dict[str, Any] | None = None
    retry_after: int | None = None


class ErrorEnvelope(Answer):
    error: ErrorBody


def document(operations: Iterable[Operation]) -> dict[str, Any]:
    """The OpenAPI document of ``operations``."""
    listed = list(operations)
    references, schemas = _schemas(listed)
    paths: dict[str, dict[str, Any]] = {}
    for operation in listed:
        path = _PARAMETER.sub(r"{\1}", operation.path)
        paths.setdefault(path, {})[operation.method.lower()] = _operation(operation, references)
    return {
        "openapi": "3.1.0",
        "info": {"title": "LangAgent", "version": VERSION},
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": schemas,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def _schemas(operations: Sequence[Operation]) -> tuple[_References, dict[str, Any]]:
    wanted: list[tuple[type[BaseModel], Mode]] = [(ErrorEnvelope, "serialization")]
    for operation in operations:
        if operation.body is not NoBody:
            wanted.append((operation.body, "validation"))
        if operation.answer is not None:
            wanted.append((operation.answer, "serialization"))
    references, definitions = models_json_schema(list(dict.fromkeys(wanted)), ref_template=_REF)
    return dict(references), definitions.get("$defs", {})


def _operation(operation: Operation, references: _References) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": _operation_id(operation),
        "summary": operation.summary,
        "parameters": [*_path_parameters(operation), *_query_parameters(operation), *_header_parameters(operation)],
        "responses": _success(operation, references) | _failures(operation, references),
    }
    if operation.body is not NoBody:
        schema = references[(operation.body, "validation")]
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    if not operation.public:
        described["security"] = [{"bearer": []}]
    return described


def _operation_id(operation: Operation) -> str:
    path = _PARAMETER.sub(r"\1", operation.path.removeprefix("/api"))
    return re.sub(r"\W+", "_", f"{operation.method.lower()}{path}").strip("_")


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "format": "uuid"} if kind == "uuid" else {"type": "string"},
        }
        for name, kind in _PARAMETER.findall(operation.path)
    ]


def _query_parameters(operation: Operation) -> list[dict[str, Any]]:
    schema = operation.query.model_json_schema(ref_template=_REF)
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": field}
        for name, field in schema.get("properties", {}).items()
    ]


def _header_parameters(operation: Operation) -> list[dict[str, Any]]:
    if not operation.creates:
        return []
    schema = {"type": "string", "minLength": 1, "maxLength": 64}
    return [{"name": "Idempotency-Key", "in": "header", "required": False, "schema": schema}]


def _success(operation: Operation, references: _References) -> dict[str, Any]:
    if operation.answer is not None:
        schema = references[(operation.answer, "serialization")]
        return {str(operation.status): _described("Done", {"application/json": {"schema": schema}})}
    if operation.media_type != "application/json":
        return {str(operation.status): _described("Done", {operation.media_type: {}})}
    return {str(204 if operation.status == 200 else operation.status): {"description": "Done"}}


def _described(description: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": content}


def _failures(operation: Operation, references: _References) -> dict[str, Any]:
    schema = references[(ErrorEnvelope, "serialization")]
    codes = [*operation.errors, *_EVERYWHERE]
    codes += () if operation.public else _SIGNED_IN
    codes += () if operation.body is NoBody else _WITH_BODY
    codes += (ErrorCode.IDEMPOTENCY_CONFLICT,) if operation.creates else ()
    by_status: dict[int, list[str]] = {}
    for code in codes:
        by_status.setdefault(STATUS[code], []).append(code.value)
    return {
        str(status): _described(", ".join(dict.fromkeys(names)), {"application/json": {"schema": schema}})
        for status, names in sorted(by_status.items())
    }
