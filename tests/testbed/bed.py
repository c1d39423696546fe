"""What servers are made of: an engine here, a registry, and hosts that look like a VPS."""

import os
import secrets
import shutil
import socket
import subprocess
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
SCRIPT = "LANGAGENT_TESTBED"
SESSION = os.environ.get("LANGAGENT_TESTBED_SESSION") or secrets.token_hex(2)  # of names, so that sessions do not meet
REGISTRY_HERE = f"127.0.0.1:{os.environ.get('TESTBED_REGISTRY_PORT', '5000')}"
REGISTRY_THERE = "registry.test:5000"
NOT_STARTED = 126  # of `docker exec`: an engine pressed for time did not even start the command
TRIES = 3


@dataclass(frozen=True, slots=True)
class Ports:
    """Where a server's SSH, HTTP and HTTPS are published on loopback."""

    ssh: int
    http: int
    https: int


class Bed(ABC):
    """Starts and removes servers; each is reached from others as NAME.test.

    Attributes:
        network: Docker's network that they share.
        key: the private key that opens each for the user `deploy`.
        pebble: the image of the ACME server.
    """

    network: str
    key: Path
    pebble: str

    @abstractmethod
    def up(self) -> None:
        """Have an engine and a registry, and the images of the rest; repeating it costs nothing."""

    @abstractmethod
    def boot(self, name: str, ports: Ports, *, bare: bool) -> None:
        """Start a server; a bare one has no Docker yet."""

    def remove(self, name: str) -> None:
        """Remove a server with all that it holds."""
        subprocess.run(["docker", "rm", "-fv", self.container(name)], capture_output=True, check=False)

    def container(self, name: str) -> str:
        return f"{self.network}-{name}"

    def inside(self, name: str, *argv: str) -> str:
        """Run a command as root on a server, as its provider could, and return what it says."""
        for _ in range(TRIES):
            done = subprocess.run(
                ["docker", "exec", self.container(name), *argv], capture_output=True, text=True, check=False
            )
            if done.returncode != NOT_STARTED:
                break
        done.check_returncode()
        return done.stdout


class ScriptBed(Bed):
    """The script that LANGAGENT_TESTBED names: for machines where no public registry is in reach."""

    network = "testbed"
    pebble = "testbed/pebble"

    def __init__(self, script: str) -> None:
        self._script = script
        self.key = Path(os.environ.get("TESTBED_STATE", "/var/tmp/testbed")) / "id_ed25519"

    def up(self) -> None:
        subprocess.run([self._script, "up"], check=True)

    def boot(self, name: str, ports: Ports, *, bare: bool) -> None:
        numbers = (str(ports.ssh), str(ports.http), str(ports.https))
        subprocess.run([self._script, "server", name, *numbers, *(["--bare"] if bare else [])], check=True)


class ComposeBed(Bed):
    """`docker-compose.yml` beside this file: for anyone with Docker and Docker Hub."""

    network = "langagent-testbed"
    pebble = "langagent-testbed/pebble"

    def __init__(self, state: Path) -> None:
        self.key = state / "id_ed25519"

    def up(self) -> None:
        self.key.parent.mkdir(parents=True, exist_ok=True)
        if not self.key.exists():
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.key)], check=True)
        self._compose("--profile", "hosts", "build", "--quiet")
        self._compose("up", "--detach", "--wait")

    def boot(self, name: str, ports: Ports, *, bare: bool) -> None:
        published = ((ports.ssh, 22), (ports.http, 80), (ports.https, 443))
        image = f"langagent-testbed/server{'-bare' if bare else ''}"
        subprocess.run(
            [
                *("docker", "run", "--detach", "--privileged", "--name", self.container(name), "--hostname", name),
                *("--network", self.network, "--network-alias", f"{name}.test"),
                *(option for here, there in published for option in ("--publish", f"127.0.0.1:{here}:{there}")),
                *("--env", f"AUTHORIZED_KEY={self.key.with_suffix('.pub').read_text().strip()}", image),
            ],
            check=True,
            capture_output=True,
        )
        self.inside(name, "sh", "-c", "until ss -Hltn | grep -q ':22 '; do sleep 0.2; done")
        if not bare:
            self.inside(name, "sh", "-c", "until docker info >/dev/null 2>&1; do sleep 0.2; done")

    def _compose(self, *arguments: str) -> None:
        file = str(Path(__file__).with_name("docker-compose.yml"))
        subprocess.run(["docker", "compose", "--file", file, *arguments], check=True)


def find_bed(state: Path) -> Bed:
    """Return the testbed of this machine; a machine without an engine fails, loudly."""
    script = os.environ.get(SCRIPT)
    if script:
        return ScriptBed(script)
    if not shutil.which("docker") or subprocess.run(["docker", "info"], capture_output=True, check=False).returncode:
        pytest.exit(f"No Docker engine answers here, so nothing was proven. Start one, or set {SCRIPT}.", returncode=4)
    return ComposeBed(state)


def free_ports() -> Ports:
    """Return three ports that nobody uses now."""
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    numbers = [int(listener.getsockname()[1]) for listener in listeners]
    for listener in listeners:
        listener.close()
    return Ports(*numbers)
