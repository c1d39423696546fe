"""Nobody reads or changes what is another learner's: every operation of the document is tried with foreign ids."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest

from langagent.core.database import Database
from langagent.jobs.service import Jobs
from tests.langagent.learners import Learner, sign_in

SECRET = "secreto de Ana"
# Whose ids a path takes; the longest beginning counts.
PATHS = {
    "/api/auth/sessions/": "session",
    "/api/cards/": "card",
    "/api/cards/sessions/": "study session",
    "/api/decks/": "deck",
    "/api/jobs/": "job",
    "/api/notifications/": "notification",
    "/api/profiles/": "profile",
}
BODIES = {
    "PATCH /api/cards/{id}": {"notes": "mine"},
    "PATCH /api/decks/{id}": {"name": "Mine"},
    "PATCH /api/profiles/{id}": {"new_cards_per_day": 1},
    "POST /api/decks/{id}/copy": {},
}
# Sums up what the asking learner rated, whatever the id.
ANSWERED = {"GET /api/cards/sessions/{id}/summary"}
# Ids that learners make up, so that they name nothing of anybody.
MADE_UP = {"client_id", "session_id", "telegram_id", "id"}
OWNED = {
    "users": "id = $1",
    "auth_sessions": "user_id = $1",
    "language_profiles": "user_id = $1",
    "decks": "profile_id in (select id from language_profiles where user_id = $1)",
    "cards": "profile_id in (select id from language_profiles where user_id = $1)",
    "card_progress": "user_id = $1",
    "card_reviews": "user_id = $1",
    "notifications": "user_id = $1",
    "jobs": "user_id = $1",
}


@dataclass(frozen=True, slots=True)
class Things:
    """One learner's ids by kind."""

    learner: Learner
    ids: dict[str, str]


async def furnished(learner: Learner, database: Database, word: str) -> Things:
    """A learner who has one of everything."""
    profile = (await learner.take_up())["id"]
    card = {"word": word, "translation": word}
    (made,) = (await learner.call("POST", "/api/cards", status=201, json={"cards": [card]}))["created"]
    study_session = str(uuid4())
    rating = {"card_id": made["id"], "rating": 3, "client_id": str(uuid4()), "session_id": study_session}
    await learner.call("POST", "/api/cards/rate", status=200, json=rating)
    async with database.unit_of_work() as connection:
        job = await Jobs(database).enqueue(connection, "rest", user_id=learner.id)
    return Things(
        learner,
        {
            "profile": profile,
            "card": made["id"],
            "deck": made["deck_id"],
            "study session": study_session,
            "job": str(job),
            "session": (await learner.call("GET", "/api/auth/sessions"))["data"][0]["id"],
            "notification": (await learner.call("GET", "/api/notifications"))["data"][0]["id"],
        },
    )


@pytest.fixture
async def ann(client: httpx2.AsyncClient, database: Database) -> Things:
    return await furnished(await sign_in(client, 1), database, SECRET)


@pytest.fixture
async def bob(client: httpx2.AsyncClient, database: Database) -> Things:
    return await furnished(await sign_in(client, 2), database, "palabra")


@pytest.fixture
async def document(client: httpx2.AsyncClient) -> dict[str, Any]:
    described: dict[str, Any] = (await client.get("/api/openapi.json")).json()
    return described


async def belongings(database: Database, user_id: UUID) -> dict[str, list[dict[str, Any]]]:
    async with database.connection() as connection:
        return {
            table: [dict(row) for row in await connection.fetch(f"select * from {table} where {where}", user_id)]
            for table, where in OWNED.items()
        }


def operations(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(method.upper(), path) for path, item in document["paths"].items() for method in item]


async def test_ids_in_paths_lead_nowhere(
    ann: Things, bob: Things, document: dict[str, Any], database: Database
) -> None:
    before = await belongings(database, ann.learner.id)
    for method, path in operations(document):
        if "{id}" not in path:
            continue
        kind = PATHS[max((start for start in PATHS if path.startswith(start)), key=len)]
        body = BODIES.get(f"{method} {path}")
        address = path.replace("{id}", ann.ids[kind])
        answer = await bob.learner.send(method, address, **({} if body is None else {"json": body}))
        expected = 200 if f"{method} {path}" in ANSWERED else 404
        assert answer.status_code == expected, f"{method} {path}: {answer.text}"
        assert SECRET not in answer.text
    assert await belongings(database, ann.learner.id) == before


def references(document: dict[str, Any]) -> set[str]:
    """Where an id can be sent besides the path: `METHOD path field`."""
    schemas = document["components"]["schemas"]
    found = set()
    for path, item in document["paths"].items():
        for method, operation in item.items():
            named = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "query"}
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            named |= _fields(content.get("schema", {}), schemas)
            found |= {
                f"{method.upper()} {path} {name}" for name in named if name.endswith("id") and name not in MADE_UP
            }
    return found


def _fields(schema: Any, schemas: dict[str, Any]) -> set[str]:
    """Names of properties, however deep."""
    if isinstance(schema, list):
        return {name for part in schema for name in _fields(part, schemas)}
    if not isinstance(schema, dict):
        return set()
    found = set(schema.get("properties", {}))
    for name, part in schema.items():
        found |= _fields(schemas[part.rpartition("/")[2]] if name == "$ref" else part, schemas)
    return found


async def test_ids_in_bodies_and_queries_lead_nowhere(
    ann: Things, bob: Things, document: dict[str, Any], database: Database
) -> None:
    before = await belongings(database, ann.learner.id)
    deck, profile, card = ({f"{kind}_id": ann.ids[kind]} for kind in ("deck", "profile", "card"))
    own = {"card_id": bob.ids["card"], "rating": 3, "client_id": str(uuid4())}
    foreign = {"rating": 3, "client_id": str(uuid4())} | card
    tries: dict[str, dict[str, Any]] = {
        "GET /api/cards deck_id": {"params": deck},
        "GET /api/cards/next deck_id": {"params": deck},
        "GET /api/decks profile_id": {"params": profile},
        "POST /api/cards deck_id": {"json": {"cards": [{"word": "x", "translation": "x"}]} | deck},
        "POST /api/cards/rate card_id": {"json": foreign},
        "POST /api/cards/rate deck_id": {"json": own | deck},
        "POST /api/cards/rate/batch card_id": {"json": {"ratings": [foreign]}},
        "POST /api/cards/rate/undo deck_id": {"json": deck},
        "POST /api/cards/sessions deck_id": {"json": {"mode": "mixed"} | deck},
        "PATCH /api/cards/{id} deck_id": {"json": deck},
        "POST /api/decks profile_id": {"json": {"name": "Mine"} | profile},
        "POST /api/starter-decks/{key}/install profile_id": {"json": profile},
    }
    assert references(document) == tries.keys()
    for which, arguments in tries.items():
        method, path, _ = which.split()
        address = re.sub(r"\{\w+\}", lambda found: bob.ids["card"] if found[0] == "{id}" else "es-a1", path)
        answer = await bob.learner.send(method, address, **arguments)
        if path.endswith("/batch"):
            assert answer.json()["results"][0]["error"] == "CARD_NOT_FOUND"
        else:
            assert answer.status_code == 404, f"{which}: {answer.text}"
        assert SECRET not in answer.text
    assert await belongings(database, ann.learner.id) == before


async def test_lists_hold_only_what_is_ones_own(ann: Things, bob: Things, document: dict[str, Any]) -> None:
    for method, path in operations(document):
        if method == "GET" and "{" not in path:
            answer = await bob.learner.send(method, path, params={"deck_id": "all"} if path == "/api/cards" else {})
            assert answer.status_code == 200, f"{path}: {answer.text}"
            assert not [kind for kind, found in ann.ids.items() if found in answer.text], path


async def test_without_a_token_nothing_is_answered(client: httpx2.AsyncClient, document: dict[str, Any]) -> None:
    asked = 0
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if "security" in operation:
                address = re.sub(r"\{\w+\}", str(uuid4()), path)
                answer = await client.request(method.upper(), address)
                assert (answer.status_code, answer.json()["error"]["code"]) == (401, "AUTH_REQUIRED"), path
                asked += 1
    assert asked > 40
