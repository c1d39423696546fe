"""One server of the testbed, and the commands that its owner types."""

import http.client
import json
import os
import socket
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.testbed.bed import PROJECT, Bed, Ports

PROGRAM = str(Path(sys.executable).with_name("langagent"))
Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True, slots=True)
class Server:
    """A server and its owner's folder.

    Attributes:
        heard: all that commands and the server said, for the search of planted secrets.
    """

    bed: Bed
    name: str
    ports: Ports
    folder: Path
    heard: list[str] = field(default_factory=list)

    @property
    def domain(self) -> str:
        return f"{self.name}.test"

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.ports.https}"

    @property
    def environ(self) -> dict[str, str]:
        """What the owner has set: the variables of a CI."""
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(PROJECT),
            "HOME": str(self.folder),
            "SERVER_HOST": f"deploy@127.0.0.1:{self.ports.ssh}",
            "SSH_PRIVATE_KEY": self.bed.key.read_text(),
            "LANGAGENT_DEPLOY_PROJECT": str(PROJECT),
        }

    def langagent(self, *arguments: str, env: Mapping[str, str] | None = None, code: int | None = 0) -> Done:
        """Type a command and wait for its end; `code` is how it has to end, None lets any pass."""
        done = subprocess.run(
            [PROGRAM, *arguments],
            env={**self.environ, **(env or {})},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        self.heard.extend((done.stdout, done.stderr))
        assert code in (None, done.returncode), f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Type a command and do not wait."""
        return subprocess.Popen(
            [PROGRAM, *arguments],
            env=self.environ,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def result(self, *arguments: str, code: int | None = 0) -> dict[str, Any]:
        """Type a command and return the result that it gives to programs."""
        lines = self.langagent(*arguments, "--json", code=code).stdout.splitlines()
        documents: list[dict[str, Any]] = [json.loads(line) for line in lines]
        return next(document for document in documents if document["event"] == "result")

    def shell(self, script: str) -> str:
        """Run a script as root on the server, without our command."""
        return self.bed.inside(self.name, "sh", "-c", script)

    def connect(self, context: ssl.SSLContext) -> ssl.SSLSocket:
        """Open a connection to the server's HTTPS by the server's name."""
        plain = socket.create_connection(("127.0.0.1", self.ports.https), timeout=10)
        return context.wrap_socket(plain, server_hostname=self.domain)

    def begin(self, argv: list[str]) -> "subprocess.Popen[str]":
        """Run a command as root on the server, and do not wait."""
        inner = ["docker", "exec", self.bed.container(self.name), *argv]
        return subprocess.Popen(inner, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def ready_release(self) -> str:
        """Return the release that answers through the proxy, as a visitor would find it."""
        with self._open("/health/ready") as answer:
            return str(json.load(answer)["release"])

    def _open(self, path: str) -> http.client.HTTPResponse:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        request = urllib.request.Request(self.url + path, headers={"Host": self.domain})
        answer = urllib.request.urlopen(request, context=context, timeout=10)
        assert isinstance(answer, http.client.HTTPResponse)
        return answer

    def status_of(self, path: str) -> int:
        """Ask the server for a page, whatever its certificate, and return the status of the answer."""
        try:
            with self._open(path) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def sql(self, query: str) -> str:
        """Ask the database."""
        argv = ("exec", "langagent-db-1", "psql", "-XAtU", "postgres", "langagent", "-c", query)
        return self.bed.inside(self.name, "docker", *argv).strip()

    def releases(self) -> list[dict[str, Any]]:
        """Return the ledger, the newest release last, as its files have it."""
        listed = self.shell("cd /var/app/releases 2>/dev/null && ls | sort || true").split()
        return [self._outcome(name) for name in listed]

    def _outcome(self, release: str) -> dict[str, Any]:
        text = self.shell(f"cat /var/app/releases/{release}/outcome.json 2>/dev/null || echo '{{}}'")
        return {"id": release, **json.loads(text)}


def boot(bed: Bed, name: str, ports: Ports, folder: Path, *, bare: bool = False) -> Server:
    """Start a server anew, and trust it as its owner would."""
    bed.remove(name)
    bed.boot(name, ports, bare=bare)
    return Server(bed, name, ports, folder)
