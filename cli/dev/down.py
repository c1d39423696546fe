"""`langagent dev down`."""

import typer

from cli.dev.options import State
from cli.output import Output


def command(ctx: typer.Context, state: State = None) -> None:
    """Stop what `dev up` runs."""
    from ops.dev.project import find_project
    from ops.dev.state import find_running, stop

    running = find_running(find_project(state))
    if running:
        stop(running)
    Output.of(ctx).result({"state": "stopped"}, "Everything is stopped." if running else "Nothing was running.")
