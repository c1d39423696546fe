"""The OpenAPI document is whole, and made of the operations that are served."""

import re
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

UNDESCRIBED = ("/api/openapi.json", "/api/webhook")


@pytest.fixture
async def document(client: httpx2.AsyncClient) -> dict[str, Any]:
    answer = await client.get("/api/openapi.json")
    described: dict[str, Any] = answer.json()
    return described


def test_every_api_route_is_described(app: Starlette, document: dict[str, Any]) -> None:
    served = {
        (re.sub(r":\w+", "", route.path), method.lower())
        for route in app.routes
        if isinstance(route, Route) and route.path.startswith("/api/") and route.path not in UNDESCRIBED
        for method in (route.methods or set()) - {"HEAD"}
    }
    described = {(path, method) for path, item in document["paths"].items() for method in item}
    assert served == described


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    names = set(re.findall(r"#/components/schemas/([\w-]+)", str(document)))
    assert names <= document["components"]["schemas"].keys()


def test_operation_ids_are_unique(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(ids) == len(set(ids))
    assert document["openapi"] == "3.1.0"
