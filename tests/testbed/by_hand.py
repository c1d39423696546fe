"""A server run by hand: a folder with the Compose file and a .env, on the engine here."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from tests.testbed.bed import PROJECT, SESSION, Ports, free_ports
from tests.testbed.images import NAME

LANGAGENT = str(Path(sys.executable).with_name("langagent"))
TOKEN = "123456:TESTBED-TOKEN"


@dataclass(frozen=True, slots=True)
class ByHand:
    """A running project of Compose."""

    folder: Path
    name: str
    ports: Ports

    @property
    def project(self) -> str:
        return f"langagent-{self.name}"

    @property
    def domain(self) -> str:
        return f"{self.name}.test"

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.ports.https}"

    def compose(self, *arguments: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        variables = {
            "NETWORK_PREFIX": f"10.{100 + crc32(self.name.encode()) % 150}.77",
            "HTTP_PORT": f"127.0.0.1:{self.ports.http}",
            "HTTPS_PORT": f"127.0.0.1:{self.ports.https}",
        }
        done = subprocess.run(
            ["docker", "compose", "--project-name", self.project, *arguments],
            cwd=self.folder,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def container(self, service: str) -> str:
        return f"{self.project}-{service}-1"

    def inside(self, service: str, *argv: str) -> str:
        done = self._exec(service, *argv)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def psql(self, url_variable: str, statement: str) -> "subprocess.CompletedProcess[str]":
        """Send one statement as the role of that variable of the .env."""
        url = re.search(rf"^{url_variable}=(.+)$", (self.folder / ".env").read_text(), re.MULTILINE)
        assert url
        return self._exec("db", "psql", "-XAt", url[1], "-c", statement)

    def _exec(self, service: str, *argv: str) -> "subprocess.CompletedProcess[str]":
        inner = ["docker", "exec", self.container(service), *argv]
        return subprocess.run(inner, capture_output=True, text=True, timeout=300, check=False)

    def write(self, name: str, content: str) -> None:
        """Put a file of the proxy's folder in place, as a deploy does."""
        draft = self.folder / "proxy" / f".{name}"
        draft.write_text(content)
        draft.rename(self.folder / "proxy" / name)

    def reload(self) -> None:
        self.inside("proxy", "nginx", "-s", "reload")


@contextmanager
def run_by_hand(folder: Path, name: str, network: str = "", **values: str) -> Iterator[ByHand]:
    """Write the .env as an owner would, type `docker compose up`, and remove all of it in the end.

    With a network, the proxy has its domain there, and what asks the ACME server is in it, too.
    """
    server = ByHand(folder, f"{name}-{SESSION}", free_ports())
    (folder / "docker-compose.yml").write_bytes((PROJECT / "docker-compose.yml").read_bytes())
    if network:
        (folder / "docker-compose.override.yml").write_text(_joined(network, server.domain))
    given = {
        "ENVIRONMENT": "production",
        "APP_URL": f"https://{server.domain}",
        "BACKEND_IMAGE": NAME,
        "BACKEND_IMAGE_TAG": "base",
        "POSTGRES_SHARED_BUFFERS": "128MB",
        "REDIS_MAXMEMORY": "64mb",
        **values,
    }
    options = [option for setting, value in given.items() for option in ("--set", f"{setting}={value}")]
    subprocess.run(
        [LANGAGENT, "env", "init", *options, "--set", "TELEGRAM_BOT_TOKEN"],
        cwd=folder,
        env={**os.environ, "TELEGRAM_BOT_TOKEN": TOKEN},
        check=True,
        capture_output=True,
    )
    subprocess.run([LANGAGENT, "env", "check"], cwd=folder, check=True, capture_output=True)
    try:
        server.compose("up", "--detach", "--wait", "--quiet-pull")
        yield server
    finally:
        server.compose("--profile", "*", "down", "--volumes", "--timeout", "1", check=False)


def _joined(network: str, domain: str) -> str:
    joins = "{ networks: { acme: {} } }"
    return f"""
services:
  proxy: {{ networks: {{ acme: {{ aliases: [{domain}] }} }} }}
  certbot: {joins}
  schedule: {joins}
networks:
  acme: {{ external: true, name: {network} }}
"""
