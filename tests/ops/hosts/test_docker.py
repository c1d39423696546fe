"""Docker: what its words mean, and the commands that are asked of it."""

import json
from typing import Any

import pytest

from ops.errors import HostError
from ops.hosts import docker
from ops.hosts.base import Done
from ops.hosts.docker import Container
from ops.timer import Timer
from tests.ops.fake_host import FakeHost
from tests.ops.steps.made import FakeTime


def _inspected(service: str, *, one_off: bool = False, **state: Any) -> dict[str, Any]:
    labels = {"com.docker.compose.service": service, "com.docker.compose.oneoff": str(one_off)}
    told = {"Status": "running", "ExitCode": 0, "OOMKilled": False, "StartedAt": "2026-11-23T10:00:00Z"}
    return {
        "Id": f"id-{service}",
        "RestartCount": 0,
        "Config": {"Image": "app@sha256:1", "Labels": labels},
        "State": {**told, **state},
        "NetworkSettings": {"Networks": {"langagent_internal": {"IPAddress": "10.77.77.10"}}},
    }


def _host(*documents: dict[str, Any]) -> FakeHost:
    return FakeHost({("docker", "ps"): "id-1\nid-2\n", ("docker", "container", "inspect"): json.dumps(list(documents))})


def test_containers_by_service_without_the_one_off_ones() -> None:
    host = _host(
        _inspected("db"), _inspected("worker", one_off=True), _inspected("worker", Health={"Status": "healthy"})
    )
    found = docker.containers(host)
    assert set(found) == {"db", "worker"}
    assert (found["worker"].health, found["worker"].address) == ("healthy", "10.77.77.10")
    assert host.calls[0] == [
        *("docker", "ps", "--all", "--quiet", "--filter", "label=com.docker.compose.project=langagent")
    ]


def test_no_container_is_an_error_that_names_the_service() -> None:
    with pytest.raises(HostError, match="no container of redis on web1"):
        docker.container(_host(_inspected("db")), "redis")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "running"),
        ({"status": "exited", "exit_code": 3}, "exited with exit code 3"),
        ({"restarts": 2}, "running, started again 2 times"),
        (
            {"status": "exited", "exit_code": 137, "oom_killed": True},
            "exited with exit code 137, killed for using too much memory",
        ),
    ],
)
def test_the_fate_of_a_container(changes: dict[str, Any], words: str) -> None:
    given = {"id": "1", "service": "db", "image": "x", "status": "running", **changes}
    assert Container(**given).fate == words


def test_last_words_leave_out_answers_about_health() -> None:
    log = '{"route":"/health/ready"}\nreal trouble\n{"route":"/health"}\n'
    host = _host(_inspected("worker"))
    host.answers["docker", "logs"] = log
    assert docker.last_words(host, "worker") == ["real trouble"]


@pytest.mark.parametrize(("codes", "was_away"), [([0], False), ([1, 1, 0], True), ([1], False)])
def test_an_engine_that_was_away(codes: list[int], was_away: bool) -> None:
    host, time = FakeHost(), FakeTime()

    def sleep(seconds: float) -> None:
        time.sleep(seconds)
        host.answers["docker", "version"] = Done(codes[min(len(time.slept), len(codes) - 1)], "", "")

    host.answers["docker", "version"] = Done(codes[0], "", "")
    assert docker.was_away(host, Timer(time.timer.now, time.timer.monotonic, sleep)) is was_away
    assert time.passed <= docker.AWAY_SECONDS
