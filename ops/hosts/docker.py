"""Docker on a machine: what runs there, and the commands that change it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from ops.errors import HostError
from ops.hosts.base import Host
from ops.releases.layout import PROJECT
from ops.timer import Timer

SEARCHED_LINES = 1000
AWAY_SECONDS = 300.0
AWAY_POLL_SECONDS = 1.0
_OF_PROJECT = f"label=com.docker.compose.project={PROJECT}"
_SERVICE = "com.docker.compose.service"
_ONE_OFF = "com.docker.compose.oneoff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A container of the product, running or not."""

    id: str
    service: str
    image: str
    status: str
    health: str = ""
    exit_code: int = 0
    oom_killed: bool = False
    restarts: int = 0
    started: str = ""
    address: str = ""

    @property
    def is_running(self) -> bool:
        return self.status == "running"

    @property
    def fate(self) -> str:
        """How it fares, in words for a person."""
        told = self.status if self.is_running else f"{self.status} with exit code {self.exit_code}"
        restarted = f", started again {self.restarts} times" if self.restarts else ""
        return told + restarted + (", killed for using too much memory" if self.oom_killed else "")

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """Make it of what `docker container inspect` says."""
        state, config = document["State"], document["Config"]
        networks = document["NetworkSettings"]["Networks"].values()
        return cls(
            id=document["Id"],
            service=config["Labels"].get(_SERVICE, ""),
            image=config["Image"],
            status=state["Status"],
            health=state.get("Health", {}).get("Status", ""),
            exit_code=state["ExitCode"],
            oom_killed=state["OOMKilled"],
            restarts=document["RestartCount"],
            started=state["StartedAt"],
            address=next((network["IPAddress"] for network in networks if network["IPAddress"]), ""),
        )


def containers(host: Host) -> dict[str, Container]:
    """Return the containers of the product by their service.

    Raises:
        HostError: Docker does not answer.
    """
    listed = host.run(["docker", "ps", "--all", "--quiet", "--filter", _OF_PROJECT]).stdout.split()
    if not listed:
        return {}
    # One that is removed meanwhile makes the command fail, yet it shows the others.
    shown = host.run(["docker", "container", "inspect", *listed], check=False).stdout
    documents = [one for one in json.loads(shown or "[]") if one["Config"]["Labels"].get(_ONE_OFF) != "True"]
    return {found.service: found for found in map(Container.read, documents)}


def container(host: Host, service: str) -> Container:
    """Return the container of a service.

    Raises:
        HostError: there is none, or Docker does not answer.
    """
    found = containers(host).get(service)
    if found is None:
        raise HostError(f"There is no container of {service} on {host.name}.")
    return found


def last_words(host: Host, service: str, lines: int = 15) -> list[str]:
    """Return the last lines of a service's log, without the answers to questions after its health."""
    found = containers(host).get(service)
    if found is None:
        return []
    done = host.run(["docker", "logs", "--tail", str(SEARCHED_LINES), found.id], check=False)
    return [line for line in (done.stdout + done.stderr).splitlines() if '"route":"/health' not in line][-lines:]


def exit_codes(host: Host, container_id: str) -> list[str]:
    """Return the exit codes of a container that the engine started again, as far back as the engine remembers."""
    form = "{{.Actor.Attributes.exitCode}}"
    to_next_second = "--until=-1s"  # the client cuts times to seconds: up to now leaves out what has just happened
    filters = ("--filter", f"container={container_id}", "--filter", "event=die")
    argv = ["docker", "events", "--since", "1h", to_next_second, *filters, "--format", form]
    return host.run(argv, check=False).stdout.split()


def answers(host: Host) -> bool:
    """Say whether the engine answers."""
    return host.run(["docker", "version", "--format", "{{.Server.Version}}"], check=False).code == 0


def was_away(host: Host, timer: Timer) -> bool:
    """Say whether the engine does not answer, after waiting until it does, for five minutes at most."""
    if answers(host):
        return False
    deadline = timer.monotonic() + AWAY_SECONDS
    while timer.monotonic() < deadline:
        timer.sleep(AWAY_POLL_SECONDS)
        if answers(host):
            return True
    return False
