"""The processes of a run, and what they are told."""

from pathlib import Path

import pytest

from ops.dev import services
from ops.dev.choices import Infra
from ops.dev.infra import compose_argv, docker_databases, external
from ops.dev.project import Project
from ops.dev.services import Ports
from ops.errors import ConfigurationError

PROJECT = Project(Path("/p"), Path("/p/.langagent"))


def test_the_app_listens_on_loopback_and_stops_in_time() -> None:
    argv = services.app(PROJECT, 8001).argv
    assert argv[argv.index("--host") + 1] == "127.0.0.1"
    assert argv[argv.index("--port") + 1] == "8001"
    assert "--timeout-graceful-shutdown" in argv


def test_the_schedule_keeps_to_the_state_of_the_run() -> None:
    service = services.schedule(PROJECT)
    assert service.argv[1:] == ("schedule", "--state", "/p/.langagent")
    assert service.after == services.APP


def test_the_client_has_its_own_address_only_with_vite() -> None:
    assert services.urls(Ports(8001, 5001))["dev sign-in"] == "http://localhost:5001/sign-in?dev=1"
    assert services.urls(Ports(8001, None))["dev sign-in"] == "http://localhost:8001/sign-in?dev=1"


def test_what_a_development_run_decides_itself() -> None:
    decided = services.environment(Ports(), "postgresql://db", "redis://r")
    assert decided["ENVIRONMENT"] == "local"
    assert decided["DEV_SIGN_IN"] == "true"
    assert decided["DATABASE_URL"] == "postgresql://db"


def test_external_databases_must_be_named() -> None:
    with pytest.raises(ConfigurationError, match="REDIS_URL"):
        external({"DATABASE_URL": "postgresql://db"})
    named = external({"DATABASE_URL": "postgresql://db", "REDIS_URL": "redis://r"})
    assert (named.owner_url, named.infra) == ("postgresql://db", Infra.EXTERNAL)


def test_docker_publishes_on_loopback_what_we_connect_to() -> None:
    published = (Path(__file__).parents[3] / "docker-compose.local.yml").read_text()
    databases = docker_databases()
    for url, inner in ((databases.owner_url, 5432), (databases.redis_url, 6379)):
        address = url.split("@")[-1].split("//")[-1].split("/")[0]
        assert f'"{address}:{inner}"' in published
    assert compose_argv(PROJECT, "up")[:3] == ["docker", "compose", "--file"]
