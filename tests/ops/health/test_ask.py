"""Health is asked of a real server."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from ops.errors import PreflightError
from ops.health.ask import ask


@contextmanager
def server(answers: dict[str, tuple[int, str]]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answers[self.path]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_port}"
        finally:
            running.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("ready", "status", "well"),
    [(200, "healthy", True), (200, "degraded", False), (503, "healthy", False), (503, "unhealthy", False)],
)
def test_well_only_when_all_is_well(ready: int, status: str, well: bool) -> None:
    answers = {"/health/ready": (ready, "{}"), "/health": (200, json.dumps({"status": status}))}
    with server(answers) as url:
        health = ask(url)
    assert health.is_well is well
    assert health.detail == {"status": status}


def test_something_else_on_the_port_is_named() -> None:
    with server({"/health/ready": (200, "<html>")}) as url, pytest.raises(PreflightError, match="not LangAgent"):
        ask(url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "file:///etc/passwd", "nonsense"])
def test_no_server_there(url: str) -> None:
    with pytest.raises(PreflightError):
        ask(url)
