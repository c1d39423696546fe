"""The API as learners with Spanish profiles use it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from tests.langagent.conftest import FrozenClock
from tests.langagent.learners import Learner, sign_in

Take = Callable[..., Awaitable["Api"]]


@dataclass(frozen=True, slots=True)
class Api:
    """The API as one learner; every call says which status it expects."""

    learner: Learner
    clock: FrozenClock

    async def send(self, method: str, path: str, expect: int = 200, **options: Any) -> Any:
        return await self.learner.call(method, path, status=expect, **options)

    async def get(self, path: str, expect: int = 200, **params: Any) -> Any:
        return await self.send("GET", path, expect, params=params)

    async def post(self, path: str, body: Any = None, expect: int = 201, **headers: str) -> Any:
        return await self.send("POST", path, expect, json=body or {}, headers=headers)

    async def patch(self, path: str, body: Any, expect: int = 200) -> Any:
        return await self.send("PATCH", path, expect, json=body)

    async def delete(self, path: str, expect: int = 204) -> Any:
        return await self.send("DELETE", path, expect)

    async def refused(self, method: str, path: str, expect: int, **options: Any) -> tuple[str, Any]:
        """Code and details of a refusal."""
        error = (await self.send(method, path, expect, **options))["error"]
        return error["code"], error.get("details")

    async def at_once(self, *requests: tuple[str, str, Any]) -> list[httpx2.Response]:
        """Sends method, path and body of each; every connection of the pool is opened first, so that none waits."""
        await asyncio.gather(*(self.get("/api/decks") for _ in range(10)))
        sent = (self.learner.send(method, path, json=body) for method, path, body in requests)
        return await asyncio.gather(*sent)

    async def decks(self, **params: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.get("/api/decks", **params))["data"]
        return found

    async def deck(self, name: str) -> str:
        """The id of a new deck, younger than those before it."""
        self.clock.advance(timedelta(seconds=1))
        created: str = (await self.post("/api/decks", {"name": name}))["id"]
        return created

    async def write(self, *words: str, deck_id: str | None = None, **content: Any) -> list[dict[str, Any]]:
        """New cards with complete content, younger than those before them."""
        self.clock.advance(timedelta(seconds=1))
        cards = [{"word": word, "translation": f"translation of {word}"} | content for word in words]
        created: list[dict[str, Any]] = (await self.post("/api/cards", {"cards": cards, "deck_id": deck_id}))["created"]
        assert len(created) == len(words)
        return created

    async def words(self, deck_id: str = "all", **params: Any) -> list[str]:
        page = await self.get("/api/cards", deck_id=deck_id, **params)
        return [card["word"] for card in page["data"]]


@pytest.fixture
def take(client: httpx2.AsyncClient, clock: FrozenClock) -> Take:
    """Signs a learner in and gives them a profile."""

    async def run(telegram_id: int, language: str = "en", **profile: Any) -> Api:
        learner = await sign_in(client, telegram_id, language=language)
        await learner.take_up(**profile)
        return Api(learner, clock)

    return run


@pytest.fixture
async def api(take: Take) -> Api:
    """A learner of Spanish whose native language is English."""
    return await take(1)


@pytest.fixture
async def stranger(take: Take) -> Api:
    """Another one, with a card of their own."""
    stranger = await take(2)
    await stranger.write("secreto")
    return stranger
