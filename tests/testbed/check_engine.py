"""What is asked of a real Docker engine."""

import subprocess
from collections.abc import Iterator

import pytest

from ops.hosts import docker
from ops.hosts.local import LocalHost
from tests.testbed.bed import SESSION, Bed

NAME = f"ends-{SESSION}"


@pytest.fixture
def ended(bed: Bed) -> Iterator[str]:
    """A container that has just ended with exit code 3."""
    run = ["docker", "run", "--name", NAME, "--network", "none", "--entrypoint", "sh", "nginx:stable", "-c", "exit 3"]
    subprocess.run(run, check=False, capture_output=True)
    yield NAME
    subprocess.run(["docker", "rm", NAME], check=True, capture_output=True)


def check_how_a_container_ended_is_known_at_once(ended: str) -> None:
    assert docker.exit_codes(LocalHost(), ended) == ["3"]
