"""A development run from the outside: real servers, real signals, nothing left behind."""

import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.cli.command import PROGRAM, documents, run
from tests.processes import wait_until_gone


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class DevRun:
    """A `dev up --json --no-web` in a state folder and on a port of its own."""

    def __init__(self, state: Path, process: "subprocess.Popen[str]", port: int, telegram_port: int) -> None:
        self.state = state
        self.process = process
        self.port = port
        self.telegram = f"http://localhost:{telegram_port}"
        self.events: list[dict[str, Any]] = []

    def wait_until(self, kind: str, text: str = "") -> dict[str, Any]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            event: dict[str, Any] = json.loads(line)
            self.events.append(event)
            if event["event"] == kind and text in event.get("message", ""):
                return event
        raise AssertionError(f"`dev up` ended: {self.events[-20:]}")

    @property
    def children(self) -> dict[str, int]:
        described = json.loads((self.state / "dev.json").read_text())
        return {name: child["pid"] for name, child in described["children"].items()}

    def everyone(self) -> set[int]:
        """Return the pids of the run and of all that it started, servers and reloaded app included."""
        return {self.process.pid, *descendants(self.process.pid)}


@contextmanager
def dev_up(state: Path) -> Iterator[DevRun]:
    port, telegram_port = free_port(), free_port()
    ports = ["--port", str(port), "--telegram-port", str(telegram_port)]
    process = subprocess.Popen(
        [PROGRAM, "dev", "up", "--json", "--no-web", "--state", str(state), *ports],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            yield DevRun(state, process, port, telegram_port)
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=40)
            process.kill()


def descendants(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            yield child
            yield from descendants(child)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DevRun]:
    state = tmp_path_factory.mktemp("state of dev")
    with dev_up(state) as started:
        started.wait_until("ready")
        yield started
        assert run("dev", "down", "--state", str(state)).stdout.strip() == "Everything is stopped."
        assert started.process.wait(10) == 0


def test_it_tells_the_addresses(running: DevRun) -> None:
    urls = running.events[-1]["urls"]
    assert urls["dev sign-in"] == f"http://localhost:{running.port}/sign-in?dev=1"
    assert urls["bot chat"] == running.telegram


def test_status(running: DevRun) -> None:
    (document,) = documents(run("dev", "status", "--json", "--state", str(running.state)).stdout)
    assert document["state"] == "running"
    assert document["services"] == {"app": True, "worker": True, "telegram": True}


def test_a_second_up_says_that_it_runs(running: DevRun) -> None:
    done = run("dev", "up", "--state", str(running.state))
    assert done.returncode == 0
    assert f"process {running.process.pid}" in done.stdout
    assert f":{running.port}/sign-in?dev=1" in done.stdout


def test_a_busy_port_names_its_holder(running: DevRun, tmp_path: Path) -> None:
    done = run("dev", "up", "--no-web", "--state", str(tmp_path), "--port", str(running.port))
    assert done.returncode == 10
    assert f"Port {running.port} is taken by process" in done.stderr
    assert "--port" in done.stderr
    assert not (tmp_path / "postgres").exists()


def test_doctor_names_a_busy_port(running: DevRun, tmp_path: Path) -> None:
    done = run("dev", "doctor", "--state", str(tmp_path), "--port", str(running.port))
    assert done.returncode == 10
    assert f"BAD  Port {running.port}" in done.stdout


def test_health_is_well(running: DevRun) -> None:
    done = run("health", "--url", f"http://127.0.0.1:{running.port}")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ready"] is True


def test_the_local_telegram_delivers_to_the_app(running: DevRun, tmp_path: Path) -> None:
    with httpx2.Client(base_url=running.telegram, trust_env=False) as telegram:
        person = telegram.get("/emulator/people").json()["people"][0]["person"]["id"]
        update = telegram.post(f"/emulator/chats/{person}/start").json()["update"]["update_id"]
        (answer,) = telegram.post(f"/emulator/updates/{update}/redeliver").json()["answers"]
    assert answer["status"] == 200
    done = run("telegram", "info", "--state", str(running.state), "--file", str(tmp_path / ".env"))
    assert f"http://127.0.0.1:{running.port}/api/webhook" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")


def test_a_local_telegram_that_comes_back_is_connected_again(running: DevRun) -> None:
    os.kill(running.children["telegram"], signal.SIGKILL)
    running.wait_until("phase", "@langagent_dev_bot hears")


def test_polling_needs_a_bot(tmp_path: Path) -> None:
    ports = ["--port", str(free_port()), "--state", str(tmp_path)]
    done = run("dev", "up", "--no-web", "--telegram", "polling", *ports, env={"TELEGRAM_BOT_TOKEN": ""})
    assert done.returncode == 2
    assert "TELEGRAM_BOT_TOKEN" in done.stderr
    assert not (tmp_path / "postgres").exists()


def test_psql_speaks_to_the_database(running: DevRun) -> None:
    question = ["-Atc", "select current_user"]
    assert run("dev", "psql", "--state", str(running.state), "--", *question).stdout.strip() == "langagent_owner"


def test_logs_of_one_service(running: DevRun) -> None:
    assert "   app | " in run("dev", "logs", "app", "--state", str(running.state)).stdout


def test_the_running_databases_are_not_reset(running: DevRun) -> None:
    done = run("dev", "reset", "--yes", "--state", str(running.state))
    assert done.returncode == 11
    assert (running.state / "postgres").exists()


def test_a_killed_worker_is_told_of_and_started_again(running: DevRun) -> None:
    os.kill(running.children["worker"], signal.SIGKILL)
    assert "SIGKILL" in running.wait_until("warning", "worker ended")["message"]
    running.wait_until("service", "worker ready")


def test_a_killed_run_leaves_nothing_and_the_next_one_ends_by_ctrl_c(tmp_path: Path) -> None:
    with dev_up(tmp_path) as killed:
        killed.wait_until("ready")
        secrets = (tmp_path / "dev.env").read_text()
        everyone = killed.everyone()
        assert len(everyone) >= 6
        killed.process.kill()
        for pid in everyone:
            wait_until_gone(pid, seconds=30)
    with dev_up(tmp_path) as again:
        again.wait_until("phase", "An earlier run was killed")
        again.wait_until("ready")
        everyone = again.everyone()
        os.kill(again.process.pid, signal.SIGINT)
        assert again.wait_until("result")["state"] == "stopped"
        assert again.process.wait(30) == 0
    for pid in everyone:
        wait_until_gone(pid)
    assert run("dev", "status", "--state", str(tmp_path)).stdout.startswith("Nothing runs")
    assert (tmp_path / "dev.env").read_text() == secrets


def test_ctrl_c_while_starting(tmp_path: Path) -> None:
    with dev_up(tmp_path) as started:
        started.wait_until("phase", "Starting PostgreSQL")
        everyone = started.everyone()
        os.kill(started.process.pid, signal.SIGINT)
        assert started.process.wait(40) == 130
    for pid in everyone:
        wait_until_gone(pid)


def test_a_dead_database_ends_the_run_with_an_explanation(tmp_path: Path) -> None:
    with dev_up(tmp_path) as started:
        started.wait_until("ready")
        os.kill(int((tmp_path / "postgres/cluster/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        error = started.wait_until("error")
        assert started.process.wait(40) == 1
    assert "PostgreSQL" in error["message"] or "postgres" in error["message"]
    assert error["next_command"] == "langagent dev up"


@pytest.mark.parametrize("name", ["postgres", "redis"])
def test_a_foreign_data_folder_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "thesis.txt").write_text("mine")
    ports = ["--port", str(free_port()), "--telegram-port", str(free_port())]
    done = run("dev", "up", "--no-web", "--state", str(tmp_path), *ports)
    assert done.returncode == 10
    assert (tmp_path / name / "thesis.txt").read_text() == "mine"
    assert "mv" in done.stderr


def test_down_without_anything_running(tmp_path: Path) -> None:
    done = run("dev", "down", "--state", str(tmp_path))
    assert (done.returncode, done.stdout.strip()) == (0, "Nothing was running.")
