"""The health of a whole server: one document, in which any part may be wrong or merely stale."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from ops.errors import OpsError, StaleError
from ops.health.server import examine, refuse
from ops.hosts.base import Done
from ops.releases.layout import Layout
from ops.releases.models import Outcome, Release, Result
from tests.ops.fake_host import FakeHost
from tests.ops.steps.server import inspected, server

SERVICES = ("proxy", "db", "redis", "worker", "schedule", "backend-green")
DISK = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 1000 {0} {1} 1% /\n"
RELEASE = Release(
    id="20261123T100000Z-v2",
    tag="v2",
    kind="deploy",
    origin="20261123T100000Z-v2",
    backend="app@sha256:2",
    ops="app@sha256:3",
    who="ann",
    command="langagent deploy v2",
    created="2026-11-23T10:00:00+00:00",
)
GOOD = Outcome(result=Result.GOOD, finished="2026-11-23T10:01:00+00:00", seconds=60.0)
TELLS: dict[tuple[str, str], dict[str, Any]] = {
    ("schedule", "health"): {"ready": True, "status": "healthy"},
    ("schedule", "certificate"): {"days_left": 80},
    ("worker", "telegram"): {"last_error": ""},
}


def told(kind: str, **fields: Any) -> str:
    return json.dumps({"schema_version": 1, "event": kind, **fields}) + "\n"


def whole(
    *, told_by: Mapping[tuple[str, str], Done] | None = None, free: int = 500, without: str = "", **changes: Any
) -> FakeHost:
    """A server on which all is well, but for what is changed."""
    answers: dict[tuple[str, ...], Done | str] = {
        ("docker", "exec", f"id-{service}", "langagent", command): told("result", **document)
        for (service, command), document in TELLS.items()
    }
    for (service, command), done in (told_by or {}).items():
        answers["docker", "exec", f"id-{service}", "langagent", command] = done
    ledger = f"{RELEASE.id}/release.json:{RELEASE.encode().decode()}{RELEASE.id}/outcome.json:{GOOD.encode().decode()}"
    answers |= {("df",): DISK.format(1000 - free, free), ("sh",): ledger, ("flock",): ""}
    containers = [inspected(name, **changes.get(name, {})) for name in SERVICES if name != without]
    host = server(*containers, answers=answers)
    host.files["/var/app/proxy/upstream.conf"] = b"server backend-green:8000;\n"
    return host


def test_all_well_is_one_document() -> None:
    health = examine(whole(), Layout())
    refuse(health)
    document = health.as_document()
    assert document["problems"] == document["stale"] == []
    assert document["product"]["status"] == "healthy"
    assert document["certificate"]["days_left"] == 80
    assert document["disk"] == {"bytes": 1024000, "free_bytes": 512000}


@pytest.mark.parametrize(
    ("host", "said"),
    [
        (whole(without="worker"), "worker"),
        (whole(free=50), "5% of the disk"),
        (whole(redis={"Status": "exited", "ExitCode": 137}), "redis exited with exit code 137"),
        (
            whole(told_by={("schedule", "health"): Done(1, told("error", code=1, message="Redis is gone."), "")}),
            "Redis is gone.",
        ),
        (whole(told_by={("worker", "telegram"): Done(137, "", "killed")}), "`langagent telegram` ended with 137"),
    ],
)
def test_what_is_wrong_is_named(host: FakeHost, said: str) -> None:
    with pytest.raises(OpsError, match=said) as caught:
        refuse(examine(host, Layout()))
    assert not isinstance(caught.value, StaleError)


def test_what_is_merely_old_is_stale() -> None:
    late = Done(17, told("result", ready=True) + told("error", code=17, message="The newest backup is old."), "")
    health = examine(whole(told_by={("schedule", "health"): late}), Layout())
    with pytest.raises(StaleError, match="newest backup"):
        refuse(health)
    assert health.as_document()["product"] == {"ready": True}


def test_the_backend_that_serves_is_asked() -> None:
    host = whole()
    examine(host, Layout())
    (asked,) = host.commands("docker", "exec", "id-schedule", "langagent", "health")
    assert "http://backend-green:8000" in asked
