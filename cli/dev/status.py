"""`langagent dev status`."""

import typer

from cli.dev.options import State
from cli.output import Output


def command(ctx: typer.Context, state: State = None) -> None:
    """Say what runs, since when, and where to reach it."""
    from ops.dev.project import find_project
    from ops.dev.services import listed
    from ops.dev.state import find_running

    output = Output.of(ctx)
    running = find_running(find_project(state))
    if running is None:
        output.result({"state": "stopped"}, "Nothing runs. Next: langagent dev up")
        return
    alive = {name: child.is_alive for name, child in running.children.items()}
    document = {
        "state": "running",
        "pid": running.process.pid,
        "started_at": running.started_at,
        "infra": running.infra,
        "services": alive,
        "urls": running.urls,
    }
    services = "\n".join(f"  {name:<12} {'runs' if up else 'is being restarted'}" for name, up in alive.items())
    since = f"Runs since {running.started_at} (process {running.process.pid}, {running.infra} databases)."
    output.result(document, f"{since}\n{services}\n{listed(running.urls)}")
