"""Learners as tests need them: signed in, with a profile or without."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx2


@dataclass(frozen=True, slots=True)
class Learner:
    """A signed-in learner; ``headers`` speak for them."""

    client: httpx2.AsyncClient
    user: dict[str, Any]
    token: str

    @property
    def id(self) -> UUID:
        return UUID(self.user["id"])

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def call(self, method: str, path: str, *, status: int | None = None, **arguments: Any) -> Any:
        """The JSON of the answer, whose status is checked when one is given; None for an empty body."""
        answer = await self.send(method, path, **arguments)
        if status is not None:
            assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    async def send(self, method: str, path: str, **arguments: Any) -> httpx2.Response:
        headers = self.headers | arguments.pop("headers", {})
        return await self.client.request(method, path, headers=headers, **arguments)

    async def take_up(self, language: str = "es", **fields: Any) -> dict[str, Any]:
        """A new profile."""
        body = {"language": language, "current_level": "A1"} | fields
        profile: dict[str, Any] = await self.call("POST", "/api/profiles", status=201, json=body)
        return profile


async def sign_in(
    client: httpx2.AsyncClient, telegram_id: int = 100200300, *, language: str = "ru", first_name: str = "Learner"
) -> Learner:
    """A learner by dev sign-in, in ``language``."""
    answer = await client.post(
        "/api/auth/dev",
        json={"telegram_id": telegram_id, "first_name": first_name},
        headers={"Accept-Language": language},
    )
    assert answer.status_code == 200, answer.text
    body = answer.json()
    client.cookies.clear()
    return Learner(client, body["user"], body["token"])
