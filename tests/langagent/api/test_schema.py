"""Whatever is sent, answers keep to the document: no 5xx, no undescribed status, nothing outside the schemas."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from benchmarks.study.processes import uvicorn
from langagent.core import openapi
from langagent.core.clock import system_clock
from langagent.core.floor import lay_floor
from langagent.rooms import open_rooms
from langagent.settings import Secret, Settings
from ops.embedded.postgres import EmbeddedPostgres
from ops.embedded.redis import EmbeddedRedis

EXAMPLES = 8
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
NUMBERS = count(1)
ENVIRONMENT = {
    "SECRET_KEY": "test-secret-key-of-thirty-two-bytes!",
    "TRIAL_HASH_KEY": "test-trial-key-of-thirty-two-bytes!!",
    "TELEGRAM_BOT_TOKEN": "123456:TEST-TOKEN",
    "DEV_SIGN_IN": "true",
    "RATE_LIMIT_USER_PER_HOUR": "1000000",
    "RATE_LIMIT_IP_PER_MINUTE": "1000000",
}


def _described() -> schemathesis.BaseSchema:
    """The document of the very operations that are served; nothing is connected for it."""
    nowhere = {"DATABASE_URL": Secret("postgresql://app@/app"), "REDIS_URL": Secret("unix:///none")}
    floor = lay_floor(Settings.from_environ(ENVIRONMENT | nowhere), system_clock, name="document")
    return schemathesis.openapi.from_dict(openapi.document(open_rooms(floor).operations))


OPERATIONS = {found.ok().label: found.ok() for found in _described().get_all_operations() if isinstance(found, Ok)}


@dataclass(frozen=True, slots=True)
class Server:
    url: str

    def learner(self) -> dict[str, str]:
        """Headers that speak for a new learner with a profile."""
        person = {"telegram_id": next(NUMBERS), "first_name": "Learner"}
        with httpx2.Client(base_url=self.url) as client:
            token = client.post("/api/auth/dev", json=person).raise_for_status().json()["token"]
            headers = {"Authorization": f"Bearer {token}"}
            profile = {"language": "es", "current_level": "A1", "starter_deck": "es-a1"}
            client.post("/api/profiles", json=profile, headers=headers).raise_for_status()
        return headers


@pytest.fixture(scope="module")
def server(
    postgres: EmbeddedPostgres,
    clean: Callable[[], None],
    redis_server: EmbeddedRedis,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Server]:
    clean()
    environment = ENVIRONMENT | {"DATABASE_URL": postgres.url(), "REDIS_URL": redis_server.url}
    log = tmp_path_factory.mktemp("server") / "log"
    with uvicorn("langagent.app:create_app", environment, log, "/health/live") as (_, port):
        yield Server(f"http://127.0.0.1:{port}")


@pytest.mark.parametrize("label", OPERATIONS)
def test_answers_keep_to_the_document(server: Server, label: str) -> None:
    headers = server.learner()

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=OPERATIONS[label].as_strategy())
    def ask(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(base_url=server.url, headers=headers, checks=CHECKS)

    ask()
