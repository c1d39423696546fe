"""How well a whole server is: its containers and disk from outside, the rest as its own processes tell it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ops.deploy import status
from ops.errors import OpsError, StaleError
from ops.hosts import docker
from ops.hosts.base import Host
from ops.releases.layout import Layout

ASK_SECONDS = 120.0
LEAST_FREE = 0.1
STALE = 17  # of `cli.errors`


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document, what is wrong with it, and whether it is merely too old."""

    document: Mapping[str, Any]
    problem: str = ""
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class ServerHealth:
    """All sections by name."""

    sections: Mapping[str, Section]

    @property
    def problems(self) -> list[str]:
        """What is wrong now."""
        return [section.problem for section in self.sections.values() if section.problem and not section.is_stale]

    @property
    def stale(self) -> list[str]:
        """What is past its budget."""
        return [section.problem for section in self.sections.values() if section.problem and section.is_stale]

    def as_document(self) -> dict[str, Any]:
        named = {name: section.document for name, section in self.sections.items()}
        return {**named, "problems": self.problems, "stale": self.stale}


def examine(host: Host, layout: Layout) -> ServerHealth:
    """Ask a server; nothing is changed there.

    Raises:
        HostError: it cannot be asked.
    """
    return ServerHealth(dict(_sections(host, layout)))


def _sections(host: Host, layout: Layout) -> Iterator[tuple[str, Section]]:
    now = status.look(host, layout)
    yield "containers", Section(now.as_document(), "; ".join(now.problems))
    yield "disk", _disk(host, layout)
    yield "product", _told(host, "schedule", "health", "--url", f"http://backend-{now.live}:8000")
    yield "certificate", _told(host, "schedule", "certificate", "status")
    yield "webhook", _told(host, "worker", "telegram", "info")


def _disk(host: Host, layout: Layout) -> Section:
    fields = host.run(["df", "-Pk", layout.root]).stdout.splitlines()[-1].split()
    size, free = int(fields[1]) * 1024, int(fields[3]) * 1024
    problem = f"only {free / size:.0%} of the disk are free" if free < LEAST_FREE * size else ""
    return Section({"bytes": size, "free_bytes": free}, problem)


def _told(host: Host, service: str, *command: str) -> Section:
    """Have a process of the product tell; what it refuses with is the problem."""
    container = docker.containers(host).get(service)
    if container is None or not container.is_running:
        return Section({}, f"{service} does not run, so nobody tells of `{command[0]}`")
    argv = ["docker", "exec", container.id, "langagent", *command, "--json"]
    done = host.run(argv, timeout=ASK_SECONDS, check=False)
    documents = dict(_documents(done.stdout))
    error = documents.get("error", {})
    if done.code and not error:
        error = {
            "message": f"`langagent {command[0]}` ended with {done.code} in {service}: {done.stderr.strip()[-300:]}"
        }
    return Section(documents.get("result", {}), error.get("message", ""), error.get("code") == STALE)


def _documents(output: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for line in output.splitlines():
        document = json.loads(line) if line.startswith("{") else {}
        kind = str(document.pop("event", ""))
        yield kind, {name: value for name, value in document.items() if name != "schema_version"}


def refuse(health: ServerHealth) -> None:
    """Return if all is well.

    Raises:
        OpsError: something is wrong.
        StaleError: all works, and something is past its budget.
    """
    if health.problems:
        raise OpsError(f"The server is not well: {'; '.join(health.problems)}.", next_command="langagent logs")
    if health.stale:
        raise StaleError(" ".join(health.stale), state="The server is well.", next_command="langagent logs schedule")
