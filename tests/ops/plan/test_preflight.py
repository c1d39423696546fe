"""What a server must be before it is touched."""

from typing import Any

import pytest

from ops.errors import PreflightError
from ops.plan.preflight import judge, refuse
from ops.releases.ledger import Ledger
from tests.ops.plan.made import facts

IMAGE_BYTES = 300_000_000
HOST = " --host web1"


def test_a_server_that_is_ready() -> None:
    verdicts = judge(facts(), IMAGE_BYTES, HOST)
    refuse(verdicts)
    assert {verdict.result for verdict in verdicts} == {"ok"}


@pytest.mark.parametrize(
    ("changes", "message", "mend"),
    [
        ({"docker": ""}, "Docker is not there", "langagent server setup --host web1"),
        ({"compose": ""}, "no `compose`", "langagent server setup --host web1"),
        ({"compose": "2.17.3"}, "2.17.3 is older than 2.24", "langagent server setup --host web1"),
        ({"compose": "v1.29.2"}, "v1.29.2 is older", "langagent server setup --host web1"),
        ({"writable": False}, "not ours to write", "langagent server setup --host web1"),
        ({"env_problems": ("SECRET_KEY is weak",)}, ".env: SECRET_KEY is weak", "langagent env check --host web1"),
        ({"free_bytes": 1_079_000_000}, "1.1 GB are needed", "docker image prune"),
        ({"free_inodes": 49_999}, "50000 are needed", "docker system prune"),
        ({"skew": 3600.0}, "3600 s ahead of", "timedatectl"),
        ({"skew": -31.0}, "31 s behind", "timedatectl"),
    ],
)
def test_refused_with_the_mend(changes: dict[str, Any], message: str, mend: str) -> None:
    with pytest.raises(PreflightError) as refused:
        refuse(judge(facts(**changes), IMAGE_BYTES, HOST))
    assert message in refused.value.message
    assert mend in refused.value.next_command
    assert refused.value.state == "Nothing was changed."


@pytest.mark.parametrize(
    "changes", [{"compose": "v2.40.0+ds1"}, {"skew": 29.0}, {"free_bytes": 1_080_000_000}, {"free_inodes": 50_000}]
)
def test_just_enough(changes: dict[str, Any]) -> None:
    refuse(judge(facts(**changes), IMAGE_BYTES, HOST))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"addresses": ()}, "tutor.example does not resolve yet"),
        ({"ledger": Ledger((), ("x/outcome.json",))}, "releases/x/outcome.json cannot be read"),
        ({"env_warnings": ("FOO is not a setting",)}, ".env: FOO is not a setting"),
    ],
)
def test_warned_of_and_no_more(changes: dict[str, Any], message: str) -> None:
    verdicts = judge(facts(**changes), IMAGE_BYTES, HOST)
    refuse(verdicts)
    assert any(message in verdict.message for verdict in verdicts if verdict.result == "warning")


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(PreflightError, match=r"one; .env: two"):
        refuse(judge(facts(env_problems=("one", "two")), IMAGE_BYTES, HOST))
