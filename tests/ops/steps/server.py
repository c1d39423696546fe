"""What Docker answers on a server whose containers a test describes."""

import json
from collections.abc import Mapping
from typing import Any

from ops.hosts.base import Done
from tests.ops.fake_host import FakeHost


def inspected(service: str, **changes: Any) -> dict[str, Any]:
    """Return what `docker container inspect` says; `changes` are of the state, RestartCount and Image."""
    state = {"Status": "running", "ExitCode": 0, "OOMKilled": False, "StartedAt": "2026-11-23T10:00:00Z"}
    return {
        "Id": f"id-{service}",
        "RestartCount": changes.pop("restarts", 0),
        "Config": {"Image": changes.pop("image", "app@sha256:2"), "Labels": {"com.docker.compose.service": service}},
        "State": {**state, **changes},
        "NetworkSettings": {"Networks": {"internal": {"IPAddress": "10.77.77.11"}}},
    }


def server(*documents: dict[str, Any], answers: Mapping[tuple[str, ...], Done | str] | None = None) -> FakeHost:
    """Return a machine with these containers, whose images are of revision rev-2."""
    return FakeHost(
        {
            ("docker", "ps"): "ids\n" if documents else "",
            ("docker", "container", "inspect"): json.dumps(list(documents)),
            ("docker", "image", "inspect", "--format", "{{json .Config.Env}}"): '["RELEASE=rev-2"]',
            ("docker", "logs"): "starting\nKeyError: no such thing\n",
            **(answers or {}),
        }
    )
