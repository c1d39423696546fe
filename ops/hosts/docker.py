"""Docker on a machine: what runs there, and the commands that change it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from ops.errors import HostError
from ops.hosts.base import Host
from ops.releases.layout import PROJECT
from ops.timer import Timer

DESCRIBE_SECONDS = 180.0
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
    filters = ("--filter", f"container={container_id}", "--filter", "event=die")
    argv = ["docker", "events", "--since", "1h", "--until", "0s", *filters, "--format", form]
    return host.run(argv, check=False).stdout.split()


def has_image(host: Host, image: str) -> bool:
    """Say whether an image is on the machine."""
    return host.run(["docker", "image", "inspect", "--format", "{{.Id}}", image], check=False).code == 0


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


def executor_name(release_id: str) -> str:
    return f"{PROJECT}-executor-{release_id}"


def executor_argv(
    release_id: str, image: str, root: str, *, user: str, groups: tuple[str, ...], config: str
) -> list[str]:
    """Return the command that starts the executor of a release, detached and restarted by the engine.

    It has the host's network, so that it reaches every container and the published ports whatever the product's
    networks are, and the socket: whoever may start it equals root on that machine already.
    """
    return [
        *("docker", "--config", config, "run", "--detach", "--quiet"),
        *("--name", executor_name(release_id), "--label", f"{PROJECT}.executor={release_id}"),
        *("--restart", "unless-stopped", "--network", "host", "--user", user),
        *(option for group in groups for option in ("--group-add", group)),
        *("--volume", "/var/run/docker.sock:/var/run/docker.sock", "--volume", f"{root}:{root}"),
        *("--env", "HOME=/tmp", "--log-opt", "max-size=1m", "--entrypoint", "python", image),
        *("-m", "ops.executor", f"{root}/releases/{release_id}"),
    ]


def executors(host: Host) -> dict[str, str]:
    """Return the state of the executor containers by the release they are of."""
    form = f'{{{{.Label "{PROJECT}.executor"}}}} {{{{.State}}}}'
    argv = ["docker", "ps", "--all", "--filter", f"label={PROJECT}.executor", "--format", form]
    return dict(line.split(" ", 1) for line in host.run(argv).stdout.splitlines())


def release_of(host: Host, image: str) -> str:
    """Return the revision that an image was built of, as its backend tells it in /health/ready."""
    shown = host.run(["docker", "image", "inspect", "--format", "{{json .Config.Env}}", image]).stdout
    variables: dict[str, str] = dict(one.partition("=")[::2] for one in json.loads(shown))
    return variables.get("RELEASE", "")


def pull_argv(config: str, image: str) -> list[str]:
    """Return the command that fetches an image with the token in a Docker configuration."""
    return ["docker", "--config", config, "pull", image]


def once_argv(image: str, *command: str) -> list[str]:
    """Return the command that runs a program of an image by itself: no network, no settings."""
    program, *arguments = command
    return ["docker", "run", "--rm", "--network", "none", "--entrypoint", program, image, *arguments]


def describe(host: Host, image: str) -> dict[str, Any]:
    """Return what an image says of itself (`ops.releases.describe`).

    Raises:
        HostError: it is none of ours.
    """
    argv = once_argv(image, "python", "-m", "ops.releases.describe")
    found: dict[str, Any] = json.loads(host.run(argv, timeout=DESCRIBE_SECONDS).stdout)
    return found


def image_id(host: Host, image: str) -> str:
    """Return the id of an image: the digest of its configuration, and so of all that it is.

    Raises:
        HostError: there is none.
    """
    return host.run(["docker", "image", "inspect", "--format", "{{.Id}}", image]).stdout.strip()


def image_bytes(host: Host, image: str) -> int:
    """Return the bytes of an image on disk."""
    return int(host.run(["docker", "image", "inspect", "--format", "{{.Size}}", image]).stdout)


def layers(host: Host, *images: str) -> list[tuple[str, ...]]:
    """Return the digests of the layers of images, the lowest first."""
    form = "{{json .RootFS.Layers}}"
    shown = host.run(["docker", "image", "inspect", "--format", form, *images], check=False).stdout
    return [tuple(json.loads(line)) for line in shown.splitlines() if line.startswith("[")]


def layers_to_build_on(host: Host) -> list[tuple[str, ...]]:
    """Return the layers of every image on a machine, where its engine can do with an archive that lacks them."""
    driver = host.run(["docker", "info", "--format", "{{json .DriverStatus}}"]).stdout
    listed = host.run(["docker", "image", "ls", "--quiet", "--no-trunc"]).stdout.split()
    return [] if "containerd" in driver or not listed else layers(host, *dict.fromkeys(listed))


def build_argv(folder: str, target: str, name: str, *, version: str, revision: str) -> list[str]:
    """Return the command that builds one of our images."""
    arguments = ("--build-arg", f"VERSION={version}", "--build-arg", f"REVISION={revision}")
    return ["docker", "build", "--quiet", "--target", target, *arguments, "--tag", name, folder]
