"""What runs on a server, as far as Docker and the ledger know."""

from dataclasses import asdict, dataclass
from typing import Any

from ops.deploy.facts import holder, serving_colour
from ops.hosts import docker
from ops.hosts.base import Host
from ops.hosts.docker import Container
from ops.releases import ledger
from ops.releases.layout import Layout
from ops.releases.models import Release

ALWAYS = ("proxy", "db", "redis", "worker", "schedule")


@dataclass(frozen=True, slots=True)
class Status:
    """A server at a moment.

    Attributes:
        live: colour of the backend that serves; empty when none does.
        holder: who is changing the server, in words.
        unfinished: releases that were begun and have no outcome.
    """

    release: Release | None
    live: str
    containers: tuple[Container, ...]
    holder: str
    unfinished: tuple[str, ...]

    @property
    def problems(self) -> list[str]:
        """What ought to run and does not, or not well; the backend that does not serve may rest."""
        if self.release is None:
            return ["no release serves"]
        found = {container.service: container for container in self.containers}
        wanted = (*ALWAYS, f"backend-{self.live}" if self.live else "backend")
        return [problem for service in wanted if (problem := _problem(service, found.get(service)))]

    def as_document(self) -> dict[str, Any]:
        return {**asdict(self), "problems": self.problems}


def look(host: Host, layout: Layout) -> Status:
    """Look at a server; nothing is changed.

    Raises:
        HostError: it cannot be asked.
    """
    entries, containers = ledger.read(host, layout), docker.containers(host)
    return Status(
        release=entries.current.release if entries.current else None,
        live=serving_colour(host, layout, containers),
        containers=tuple(sorted(containers.values(), key=lambda container: container.service)),
        holder=holder(host, layout),
        unfinished=tuple(entry.release.id for entry in entries.unfinished),
    )


def _problem(service: str, container: Container | None) -> str:
    if container is None:
        return f"{service} is not there"
    if not container.is_running:
        return f"{service} {container.fate}"
    return f"{service} is {container.health}" if container.health == "unhealthy" else ""
