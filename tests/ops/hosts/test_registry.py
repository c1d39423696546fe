"""Names of images, and what a registry says of them."""

import base64
import json
from typing import Any

import pytest

from ops.errors import PreflightError
from ops.hosts import registry
from ops.hosts.base import Done
from tests.ops.fake_host import FakeHost

DIGEST = "sha256:" + "a" * 64


@pytest.mark.parametrize(
    ("reference", "repository", "host"),
    [
        ("nginx:stable", "nginx", "docker.io"),
        ("me/tutor", "me/tutor", "docker.io"),
        ("ghcr.io/me/tutor:v1", "ghcr.io/me/tutor", "ghcr.io"),
        ("registry.test:5000/tutor:v1", "registry.test:5000/tutor", "registry.test:5000"),
        (f"localhost/tutor@{DIGEST}", "localhost/tutor", "localhost"),
        (f"ghcr.io/me/tutor:v1@{DIGEST}", "ghcr.io/me/tutor", "ghcr.io"),
    ],
)
def test_names(reference: str, repository: str, host: str) -> None:
    assert (registry.repository(reference), registry.registry_of(reference)) == (repository, host)


def _manifest(architecture: str = "amd64", digest: str = DIGEST) -> dict[str, Any]:
    layers = [{"digest": "sha256:" + "b" * 64, "size": 100}, {"digest": "sha256:" + "c" * 64, "size": 50}]
    return {
        "Descriptor": {"digest": digest, "platform": {"architecture": architecture}},
        "Raw": base64.b64encode(b"{}").decode(),
        "SchemaV2Manifest": {"layers": layers},
    }


def _host(answer: Done | str, *, secure: bool = True) -> FakeHost:
    known = json.dumps({"ghcr.io": {"Secure": secure}})
    return FakeHost({("docker", "info"): known, ("docker", "--config", "/c", "manifest"): answer})


def test_an_image_is_pinned_by_its_digest_and_weighed() -> None:
    found = registry.find(_host(json.dumps(_manifest())), "/c", "ghcr.io/me/tutor:v1", "amd64")
    assert (found.pinned, found.size) == (f"ghcr.io/me/tutor@{DIGEST}", 150)
    assert found.layers[0] == registry.Layer("b" * 12, 100)


def test_the_machine_s_architecture_is_picked_from_a_list() -> None:
    document = [_manifest("arm64", "sha256:1"), _manifest("amd64", "sha256:2")]
    assert registry.parse("app", document, "amd64").digest == "sha256:2"
    with pytest.raises(PreflightError, match="not built for riscv64"):
        registry.parse("app", document, "riscv64")


@pytest.mark.parametrize(("secure", "option"), [(True, []), (False, ["--insecure"])])
def test_plain_http_only_where_the_engine_allows_it(secure: bool, option: list[str]) -> None:
    host = _host(json.dumps(_manifest()), secure=secure)
    registry.find(host, "/c", "ghcr.io/me/tutor:v1", "amd64")
    command = ["docker", "--config", "/c", "manifest", "inspect", "--verbose"]
    assert host.calls[-1] == [*command, *option, "ghcr.io/me/tutor:v1"]


def test_what_is_not_there_is_refused_before_anything_changes() -> None:
    with pytest.raises(PreflightError, match="no such manifest") as refused:
        registry.find(_host(Done(1, "", "no such manifest: x\n")), "/c", "ghcr.io/me/tutor:v9", "amd64")
    assert refused.value.state == "Nothing was changed."
