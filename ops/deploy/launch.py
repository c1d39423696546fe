"""Start the executor of a release, or start it again."""

from ops.hosts import executors, images
from ops.hosts.base import Host
from ops.plan.facts import Facts
from ops.plan.models import VERSION, Plan
from ops.releases.layout import Layout

SECONDS = 1800.0
SOCKET = "/var/run/docker.sock"


def executor_image(host: Host, facts: Facts, new: str) -> str:
    """Return the image that executes: of the release that serves, if it is there and understands our plans."""
    current = facts.ledger.current
    if current is None or current.outcome is None:
        return new
    understands = current.outcome.found("pull", "plan") == VERSION or current.release.kind != "deploy"
    return current.release.ops if understands and images.is_there(host, current.release.ops) else new


def launch(host: Host, plan: Plan, image: str) -> None:
    """Start the executor, detached: from here on the server goes on by itself.

    Raises:
        HostError: Docker did not start it; nothing was changed.
    """
    layout = Layout(plan.root)
    argv = executors.run_argv(
        plan.release,
        image,
        plan.root,
        user=f"{_ask(host, 'id', '-u')}:{_ask(host, 'id', '-g')}",
        groups=(_ask(host, "stat", "-c", "%g", SOCKET),),
        config=layout.release(plan.release).registry,
    )
    host.run(argv, timeout=SECONDS)


def take_up(host: Host, plan: Plan, image: str) -> None:
    """Have the executor of an unfinished release go on, whether its container is stopped or gone."""
    name = executors.name(plan.release)
    state = executors.states(host).get(plan.release)
    if state is None:
        launch(host, plan, image)
    elif state != "running":
        host.run(["docker", "update", "--restart", "unless-stopped", name])
        host.run(["docker", "start", name])


def tidy(host: Host, facts: Facts) -> None:
    """Remove the containers of executors that have finished."""
    unfinished = {entry.release.id for entry in facts.ledger.unfinished}
    done = [name for name, state in facts.executors.items() if state == "exited" and name not in unfinished]
    if done:
        host.run(["docker", "rm", *map(executors.name, done)], check=False)


def _ask(host: Host, *argv: str) -> str:
    return host.run(list(argv)).stdout.strip()
