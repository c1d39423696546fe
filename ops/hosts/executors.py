"""The container of an executor."""

from ops.hosts.base import Host
from ops.releases.layout import PROJECT


def name(release_id: str) -> str:
    return f"{PROJECT}-executor-{release_id}"


def run_argv(release_id: str, image: str, root: str, *, user: str, groups: tuple[str, ...], config: str) -> list[str]:
    """Return the command that starts the executor of a release, detached and restarted by the engine.

    It has the host's network, so that it reaches every container and the published ports whatever the product's
    networks are, and the socket: whoever may start it equals root on that machine already.
    """
    return [
        *("docker", "--config", config, "run", "--detach", "--quiet"),
        *("--name", name(release_id), "--label", f"{PROJECT}.executor={release_id}"),
        *("--restart", "unless-stopped", "--network", "host", "--user", user),
        *(option for group in groups for option in ("--group-add", group)),
        *("--volume", "/var/run/docker.sock:/var/run/docker.sock", "--volume", f"{root}:{root}"),
        *("--no-healthcheck", "--env", "HOME=/tmp", "--log-opt", "max-size=1m", "--entrypoint", "python", image),
        *("-m", "ops.executor", f"{root}/releases/{release_id}"),
    ]


def states(host: Host) -> dict[str, str]:
    """Return the state of the executor containers by the release they are of."""
    form = f'{{{{.Label "{PROJECT}.executor"}}}} {{{{.State}}}}'
    argv = ["docker", "ps", "--all", "--filter", f"label={PROJECT}.executor", "--format", form]
    return dict(line.split(" ", 1) for line in host.run(argv).stdout.splitlines())
