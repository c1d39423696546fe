"""`langagent deploy --build`: what was built here goes over SSH, and no registry has a part in it."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.testbed.bed import SESSION, Bed
from tests.testbed.conftest import BAKE, Figures, furnish, new_server
from tests.testbed.images import Images, copy_project
from tests.testbed.server import Server

pytestmark = pytest.mark.full

FIRST, SECOND = f"first-{SESSION}", f"second-{SESSION}"


@pytest.fixture(scope="module")
def server(bed: Bed, servers: ExitStack, images: Images, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose .env names an image that is nowhere to be had."""
    made = new_server(bed, servers, "build", tmp_path_factory.mktemp("build"))
    furnish(made, BACKEND_IMAGE="nowhere.test/langagent")
    yield made
    built = [f"langagent/built:{tag}{suffix}" for tag in (FIRST, SECOND) for suffix in ("", "-ops")]
    subprocess.run(["docker", "rmi", *built], capture_output=True, check=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A checkout of its own."""
    copy_project(tmp_path)
    return tmp_path


def bytes_sent(server: Server, tag: str, project: Path) -> int:
    """Deploy what a checkout makes, and return how many bytes of images went over the wire, uncompressed."""
    options = ("--build", "--project", str(project), "--bake", BAKE, "--json")
    documents = map(json.loads, server.langagent("deploy", tag, *options).stdout.splitlines())
    sent: list[int] = [one["bytes"] for one in documents if one["event"] == "progress" and "step" not in one]
    return max(sent)


def check_a_change_is_built_sent_and_served_and_taken_back(server: Server, project: Path, figures: Figures) -> None:
    whole = bytes_sent(server, FIRST, project)
    first = server.ready_release()
    (project / "langagent" / "planted.py").write_text('"""A change."""\n')
    change = bytes_sent(server, SECOND, project)
    figures(f"{whole / 1e6:.0f} MB sent at first, {change / 1e6:.0f} MB for a change of the product")
    assert change < whole / 2
    assert server.ready_release() != first
    assert server.result("status")["release"]["tag"] == SECOND
    server.langagent("rollback", "--bake", BAKE)
    assert server.ready_release() == first
