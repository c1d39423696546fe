"""Services are kept running and end together; the children are real."""

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.dev.services import Service
from ops.dev.supervisor import LONGEST_PAUSE, Supervisor, pause_after
from ops.events import Event
from tests.processes import wait_until_gone


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    made = Supervisor(tmp_path, {"GREETING": "hello"})
    yield made
    made.stop()


def service(name: str, code: str, *, port: int | None = None, path: str = "") -> Service:
    return Service(name, (sys.executable, "-uc", code), Path.cwd(), port=port, path=path)


def until(supervisor: Supervisor, kind: str, text: str) -> tuple[Event, list[Event]]:
    """Run until such an event comes; return it and those before it."""
    before: list[Event] = []
    for event in supervisor.run(lambda: None):
        if event.kind == kind and text in event.message:
            return event, before
        before.append(event)
    raise AssertionError("the supervisor stopped")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_output_is_relayed_and_kept(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.add(service("app", "import os, time; print(os.environ['GREETING']); time.sleep(60)"))
    event, _ = until(supervisor, "log", "hello")
    assert event.data == {"service": "app"}
    assert (tmp_path / "app.log").read_text() == "hello\n"


def test_a_service_that_ends_is_told_of_with_its_last_lines_and_started_again(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    marker = tmp_path / "second"
    code = (
        f"import pathlib, sys, time; marker = pathlib.Path({str(marker)!r})\n"
        "if marker.exists(): print('back'); time.sleep(60)\n"
        "marker.touch(); print('oh no'); sys.exit(3)"
    )
    supervisor.add(service("worker", code))
    warning, _ = until(supervisor, "warning", "worker ended")
    assert "exit code 3" in warning.message
    assert "oh no" in warning.message
    until(supervisor, "log", "back")


def test_a_service_with_a_port_is_ready_when_it_answers(supervisor: Supervisor) -> None:
    port = free_port()
    server = f"from http.server import test, SimpleHTTPRequestHandler as H; test(H, port={port}, bind='127.0.0.1')"
    supervisor.add(service("app", server, port=port, path="/"))
    until(supervisor, "service", "app ready after")
    assert supervisor.all_ready


def test_the_check_ends_the_run(supervisor: Supervisor) -> None:
    def fail() -> None:
        raise RuntimeError("the database is gone")

    with pytest.raises(RuntimeError, match="gone"):
        list(supervisor.run(fail))


def test_stop_ends_children_and_their_children(supervisor: Supervisor) -> None:
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print('grandchild', child.pid); time.sleep(60)"
    )
    supervisor.add(service("app", code))
    event, _ = until(supervisor, "log", "grandchild")
    pids = [supervisor.pids["app"], int(event.message.split()[1])]
    supervisor.stop()
    for pid in pids:
        wait_until_gone(pid)


def test_a_child_that_ignores_the_request_is_killed(supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ops.dev.supervisor.STOP_SECONDS", 0.2)
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf'); time.sleep(60)"
    supervisor.add(service("app", code))
    until(supervisor, "log", "deaf")
    pid = supervisor.pids["app"]
    supervisor.stop()
    wait_until_gone(pid)


def test_asked_to_stop(supervisor: Supervisor) -> None:
    supervisor.ask_to_stop()
    assert list(supervisor.run(lambda: None)) == []


@pytest.mark.parametrize(("failures", "seconds"), [(1, 1), (2, 2), (4, 8), (50, LONGEST_PAUSE)])
def test_pauses_grow(failures: int, seconds: float) -> None:
    assert pause_after(failures) == seconds
