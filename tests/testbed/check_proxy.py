"""The proxy's configuration in a real nginx, before a backend that counts, streams and drops connections."""

import http.client
import json
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ops.certificates.folder import CHAIN, Folder, read
from ops.certificates.start import start
from ops.hosts.local import LocalHost
from ops.nginx.place import place
from ops.nginx.render import Proxy, upstream
from tests.testbed.bed import SESSION, free_ports

NETWORK = f"langagent-proxy-{SESSION}"
BACKEND = Path(__file__).parent / "images" / "backend.py"
UID = 10001

pytestmark = pytest.mark.full


@dataclass(frozen=True, slots=True)
class Nginx:
    """A running proxy; `folder` holds its files and its certificates."""

    folder: Path
    port: int

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        with closing(self.connection()) as connection:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            text = answer.read()
        return answer.status, json.loads(text) if text.startswith(b"{") else {}

    def burst(self, method: str, path: str, count: int) -> tuple[set[int], float]:
        """Ask so often over one connection; return the answers, and the seconds that they took."""
        answers = set()
        with closing(self.connection()) as connection:
            connection.connect()
            began = time.monotonic()
            for _ in range(count):
                connection.request(method, path, b"{}" if method == "POST" else None)
                answer = connection.getresponse()
                answer.read()
                answers.add(answer.status)
        return answers, time.monotonic() - began

    def seen(self, request: str) -> int:
        return int(self.ask("GET", "/seen")[1]["seen"].get(request, 0))

    def connection(self) -> http.client.HTTPSConnection:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=context)

    def expires(self) -> datetime:
        (self.folder / "served.pem").write_text(ssl.get_server_certificate(("127.0.0.1", self.port)))
        served = read(self.folder / "served.pem")
        assert served
        return served.expires


@pytest.fixture(scope="module", params=["nginx:stable", "nginx:alpine"])
def nginx(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    folder = tmp_path_factory.mktemp("proxy")
    proxy = Proxy(rate=20)
    place(LocalHost(), str(folder / "proxy"), proxy)
    start(Folder(folder / "certificates"), ["proxy.test"], datetime.now(UTC))
    _docker("run", "--rm", "--volume", f"{folder}:/it", request.param, "chown", "-R", f"{UID}:{UID}", "/it")
    folder.chmod(0o755)
    port = free_ports().https
    _docker("network", "create", NETWORK)
    try:
        _start("backend", f"{BACKEND}:/backend.py:ro", image="python:3.13-slim", argv=["python3", "/backend.py"])
        argv = ["/bin/sh", "/etc/nginx/start.sh"]
        options = [
            *("--user", f"{UID}:{UID}", "--read-only", "--cap-drop", "ALL", "--tmpfs", "/tmp"),
            *("--env", "CERTIFICATE_CHECK_SECONDS=0.2", "--publish", f"127.0.0.1:{port}:443"),
            *("--add-host", f"backend-blue:{_address('backend')}", "--add-host", "backend-green:192.0.2.1"),
            *("--volume", f"{folder}/certificates:/var/lib/langagent/certificates:ro"),
        ]
        _start("nginx", f"{folder}/proxy:/etc/nginx:ro", *options, image=request.param, argv=argv)
        running = Nginx(folder, port)
        _until(lambda: running.ask("GET", "/seen")[0] == 200)
        yield running
    finally:
        subprocess.run(
            ["docker", "rm", "-fv", f"{NETWORK}-nginx", f"{NETWORK}-backend"], capture_output=True, check=False
        )
        _docker("network", "rm", NETWORK)


def _start(name: str, volume: str, *options: str, image: str, argv: list[str]) -> None:
    common = ("--detach", "--network", NETWORK, "--name", f"{NETWORK}-{name}", "--volume", volume)
    _docker("run", *common, *options, image, *argv)


def _address(name: str) -> str:
    form = f'{{{{(index .NetworkSettings.Networks "{NETWORK}").IPAddress}}}}'
    return _docker("inspect", "--format", form, f"{NETWORK}-{name}").strip()


def _docker(*arguments: str) -> str:
    return subprocess.run(["docker", *arguments], check=True, capture_output=True, text=True, timeout=60).stdout


def _until(holds: Any) -> None:
    deadline = time.monotonic() + 15
    while True:
        try:
            if holds():
                return
        except OSError:
            pass
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _inside(*argv: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["docker", "exec", f"{NETWORK}-nginx", *argv], capture_output=True, text=True, check=False, timeout=20
    )


def check_nginx_has_nothing_to_say_of_it(nginx: Nginx) -> None:
    done = _inside("nginx", "-t")
    assert done.returncode == 0
    assert "emerg" not in done.stderr
    assert "[error]" not in done.stderr


def check_the_backend_hears_of_the_client_and_nobody_else(nginx: Nginx) -> None:
    _, told = nginx.ask("GET", "/api/x", headers={"X-Forwarded-For": "192.0.2.7", "Host": "proxy.test"})
    assert told["headers"]["Host"] == "proxy.test"
    assert told["headers"]["X-Forwarded-Proto"] == "https"
    assert "192.0.2.7" not in told["headers"]["X-Forwarded-For"]


def check_a_post_is_never_sent_twice(nginx: Nginx) -> None:
    nginx.ask("GET", "/api/warm-up")
    assert nginx.ask("POST", "/api/drop", b"{}")[0] == 502
    assert nginx.seen("POST /api/drop") == 1


def check_events_arrive_as_they_are_sent(nginx: Nginx) -> None:
    with closing(nginx.connection()) as connection:
        began = time.monotonic()
        connection.request("GET", "/api/stream")
        answer = connection.getresponse()
        assert answer.readline() == b"data: 0\n"
        first = time.monotonic() - began
        answer.read()
        whole = time.monotonic() - began
    assert first < 0.5
    assert whole > 1.5


def check_a_body_streams_through(nginx: Nginx) -> None:
    def slowly() -> Iterator[bytes]:
        for _ in range(4):
            yield b"x" * 1000
            time.sleep(0.25)

    with closing(nginx.connection()) as connection:
        connection.request("POST", "/api/upload", slowly(), {"Content-Length": "4000"})
        told = json.loads(connection.getresponse().read())
    assert told["bytes"] == 4000
    assert told["first_after"] < 0.5


@pytest.mark.parametrize(("path", "size"), [("/api/webhook", (1 << 20) + 1), ("/api/import", 34 << 20)])
def check_what_is_too_large_is_refused(nginx: Nginx, path: str, size: int) -> None:
    with closing(nginx.connection()) as connection:
        connection.putrequest("POST", path)
        connection.putheader("Content-Length", str(size))
        connection.endheaders()
        assert connection.getresponse().status == 413
    assert nginx.seen(f"POST {path}") == 0


def check_one_address_waits_before_it_is_refused(nginx: Nginx) -> None:
    answers, seconds = nginx.burst("GET", "/api/x", 70)
    assert answers == {200}
    assert seconds > 1


def check_telegram_does_not_wait(nginx: Nginx) -> None:
    answers, seconds = nginx.burst("POST", "/api/webhook", 70)
    assert answers == {200}
    assert seconds < 2


def check_a_new_certificate_is_taken_up(nginx: Nginx) -> None:
    folder = Folder(nginx.folder / "certificates")
    before = nginx.expires()
    folder.current.unlink()
    start(folder, ["proxy.test"], datetime.now(UTC).replace(year=2030))
    _docker("run", "--rm", "--volume", f"{nginx.folder}:/it", "nginx:stable", "chown", "-R", f"{UID}:{UID}", "/it")
    _until(lambda: nginx.expires() > before)


def check_a_broken_certificate_is_not(nginx: Nginx) -> None:
    chain = nginx.folder / "certificates" / "current" / CHAIN
    before, whole = nginx.expires(), chain.read_bytes()
    chain.write_bytes(b"torn")
    _until(lambda: "cannot load certificate" in _docker("logs", f"{NETWORK}-nginx") + _inside("nginx", "-t").stderr)
    assert nginx.expires() == before
    chain.write_bytes(whole)


def check_it_starts_and_goes_on_without_a_backend(nginx: Nginx) -> None:
    target = nginx.folder / "proxy" / "upstream.conf"
    target.write_text(upstream("backend-green"))
    assert _inside("nginx", "-s", "reload").returncode == 0
    _until(lambda: nginx.ask("GET", "/api/x")[0] in (502, 504))
    target.write_text(upstream("backend-blue"))
    assert _inside("nginx", "-s", "reload").returncode == 0
    _until(lambda: nginx.ask("GET", "/api/x")[0] == 200)
