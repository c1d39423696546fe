"""Logs and commands of services: by their names, of those that are there."""

import pytest

from ops.errors import ConfigurationError
from ops.server.execute import execute
from ops.server.logs import argv, services
from tests.ops.fake_host import FakeHost
from tests.ops.steps.server import inspected, server


@pytest.fixture
def host() -> FakeHost:
    return server(inspected("backend-blue", Status="exited"), inspected("backend-green"), inspected("worker"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", ["backend-blue", "backend-green", "worker"]),
        ("backend", ["backend-blue", "backend-green"]),
        ("worker", ["worker"]),
    ],
)
def test_a_name_means_services(host: FakeHost, name: str, expected: list[str]) -> None:
    assert services(host, name) == expected


def test_an_unknown_service_is_answered_with_those_that_are_there(host: FakeHost) -> None:
    with pytest.raises(ConfigurationError, match="no service front") as caught:
        services(host, "front")
    assert caught.value.state == "There are: backend-blue, backend-green, worker."


def test_a_server_without_services_says_so() -> None:
    with pytest.raises(ConfigurationError) as caught:
        services(server(), "")
    assert "Nothing was deployed" in caught.value.state


@pytest.mark.parametrize("follow", [False, True])
def test_the_command_that_prints_logs(follow: bool) -> None:
    compose = ["docker", "compose", "--ansi", "never", "--project-name", "langagent"]
    options = ["--no-color", "--tail", "5", *(["--follow"] if follow else [])]
    assert argv(["worker"], tail=5, follow=follow) == [*compose, "logs", *options, "worker"]


def test_a_command_runs_in_the_backend_that_runs(host: FakeHost) -> None:
    execute(host, "backend", ["langagent", "--version"], 60.0)
    assert host.calls[-1] == ["docker", "exec", "id-backend-green", "langagent", "--version"]


def test_a_service_that_does_not_run_is_refused(host: FakeHost) -> None:
    with pytest.raises(ConfigurationError, match="backend-blue does not run"):
        execute(host, "backend-blue", ["true"], 60.0)
