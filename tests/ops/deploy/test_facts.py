"""What is asked of a server, and what is made of the answers."""

import pytest

from ops.deploy.facts import gather
from ops.hosts.base import Done
from ops.releases.layout import Layout
from ops.timer import Timer
from tests.ops.deploy.made import locked, server
from tests.ops.plan.made import NOW
from tests.ops.releases.made import good
from tests.ops.steps.server import inspected

CLOCK = Timer(now=lambda: NOW)


def test_a_server() -> None:
    facts = gather(server(good("r1"), live="green"), Layout(), CLOCK)
    assert (facts.docker, facts.compose, facts.architecture) == ("26.1", "2.26.1", "amd64")
    assert (facts.free_bytes, facts.free_inodes) == (40_000_000 * 1024, 1_000_000)
    assert (facts.domain, facts.addresses) == ("tutor.example", ("192.0.2.1",))
    assert (facts.live, facts.holder) == ("green", "")
    assert [entry.release.id for entry in facts.ledger.entries] == ["r1"]


def test_a_clock_that_is_wrong_is_noticed() -> None:
    assert gather(server(), Layout(), CLOCK).skew < -1e9


def test_without_docker_nothing_more_is_asked_of_it() -> None:
    host = server()
    host.answers["docker", "info"] = Done(1, "", "Cannot connect to the Docker daemon")
    facts = gather(host, Layout(), CLOCK)
    assert (facts.docker, facts.containers) == ("", {})
    assert host.commands("docker", "ps") == []


def test_without_env_the_problem_is_named() -> None:
    host = server()
    del host.files["/var/app/.env"]
    assert gather(host, Layout(), CLOCK).env_problems == ("there is no /var/app/.env",)


def test_an_env_that_others_may_read_is_a_problem() -> None:
    host = server()
    host.answers["stat",] = "644\n"
    assert any("0644" in problem for problem in gather(host, Layout(), CLOCK).env_problems)


@pytest.mark.parametrize("status", ["exited", "created"])
def test_a_backend_that_does_not_run_does_not_serve(status: str) -> None:
    host = server(services=[inspected("backend-blue", Status=status)], live="blue")
    assert gather(host, Layout(), CLOCK).live == ""


def test_who_holds_the_lock_is_named() -> None:
    host = server()
    locked(host, '{"who": "ann", "release": "r1", "since": "10:00", "command": "langagent deploy v1"}')
    assert gather(host, Layout(), CLOCK).holder == (
        "ann has been changing this server since 10:00 (langagent deploy v1, r1)"
    )
    locked(host, "torn")
    assert gather(host, Layout(), CLOCK).holder == "Somebody else is changing this server"
