"""Facts and plans as tests want them."""

from datetime import UTC, datetime
from typing import Any

from ops.hosts.docker import Container
from ops.plan.facts import Facts
from ops.plan.models import Patience, Plan

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def facts(**changes: Any) -> Facts:
    """A server that is ready, with nothing on it yet."""
    given = {
        "now": NOW,
        "docker": "26.1.5",
        "compose": "2.26.1-4",
        "disk": "/var/lib/docker",
        "free_bytes": 40_000_000_000,
        "free_inodes": 1_000_000,
        "domain": "tutor.example",
        "addresses": ("192.0.2.1",),
    }
    return Facts(**{**given, **changes})


def plan(**changes: Any) -> Plan:
    """The second release: blue serves, green will."""
    given = {
        "release": "r2",
        "kind": "deploy",
        "root": "/var/app",
        "backend": "app@sha256:2",
        "ops": "ops@sha256:2",
        "steps": ("start", "gate"),
        "colour": "green",
        "live": "blue",
        "previous": "r1",
        "layers": {"aaa": 100, "bbb": 50},
        "needs_schema": 6,
        "patience": Patience(passes=3, interval=0.5, timeout=10, bake=2),
    }
    return Plan(**{**given, **changes})


def container(service: str, **changes: Any) -> Container:
    given = {"id": f"id-{service}", "service": service, "image": "app@sha256:1", "status": "running"}
    return Container(**{**given, "address": "10.77.77.11", **changes})
