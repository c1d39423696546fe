"""Run a command in a service of a server."""

from collections.abc import Sequence

from ops.errors import ConfigurationError
from ops.hosts import docker
from ops.hosts.base import Done, Host
from ops.server.logs import services


def execute(host: Host, service: str, command: Sequence[str], timeout: float) -> Done:
    """Run a command in a service that runs, and return what it left behind, whatever its exit code.

    Raises:
        ConfigurationError: the service is not there or does not run.
        HostError: it took longer than `timeout` seconds, or the connection was lost.
    """
    found = docker.containers(host)
    running = [found[name] for name in services(host, service) if found[name].is_running]
    if not running:
        raise ConfigurationError(f"{service} does not run on {host.name}.", next_command=f"langagent logs {service}")
    return host.run(["docker", "exec", running[0].id, *command], timeout=timeout, check=False)
