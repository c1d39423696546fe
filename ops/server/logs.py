"""What the services of a server say."""

from collections.abc import Sequence

from ops.errors import ConfigurationError
from ops.hosts import docker
from ops.hosts.base import Host
from ops.releases.layout import PROJECT

BACKEND = "backend"


def services(host: Host, name: str) -> list[str]:
    """Return the services that a name means: all for none, both colours for `backend`.

    Raises:
        ConfigurationError: there is no such service.
        HostError: Docker does not answer.
    """
    there = sorted(docker.containers(host))
    meant = [one for one in there if name in ("", one) or (name == BACKEND and one.startswith(f"{BACKEND}-"))]
    if not meant:
        raise ConfigurationError(
            f"There is no service {name or 'at all'} on {host.name}.",
            state=f"There are: {', '.join(there)}." if there else "Nothing was deployed there yet.",
            next_command="langagent status",
        )
    return meant


def argv(services: Sequence[str], *, tail: int, follow: bool) -> list[str]:
    """Return the command that prints the last lines of services, and then perhaps the new ones."""
    options = ["--no-color", "--tail", str(tail), *(["--follow"] if follow else [])]
    return ["docker", "compose", "--ansi", "never", "--project-name", PROJECT, "logs", *options, *services]
