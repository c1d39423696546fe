"""The healthcheck of the containers."""

import subprocess
import sys
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from ops.docker.healthcheck import is_well


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(HTTPStatus.OK if self.path == "/well" else HTTPStatus.SERVICE_UNAVAILABLE)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002


@pytest.fixture
def port() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), _Server) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_only_a_200_is_well(port: int) -> None:
    assert is_well(port, "/well")
    assert not is_well(port, "/health/ready")


def test_silence_is_not_well() -> None:
    assert not is_well(9, "/well")


def test_the_command_tells_by_its_exit_code(port: int) -> None:
    command = [sys.executable, "-m", "ops.docker.healthcheck", str(port)]
    assert subprocess.run([*command, "/well"], timeout=30, check=False).returncode == 0
    assert subprocess.run(command, timeout=30, check=False).returncode == 1
