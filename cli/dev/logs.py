"""`langagent dev logs`."""

from typing import Annotated

import typer

from cli.dev.options import State
from cli.output import Output


def command(
    ctx: typer.Context,
    service: Annotated[str | None, typer.Argument(help="A log, such as app, worker or telegram. Default: all")] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on with new lines until Ctrl-C.")] = False,
    tail: Annotated[int, typer.Option(min=0, help="How many lines of each log.")] = 50,
    state: State = None,
) -> None:
    """Print the logs of the services."""
    from ops.dev.logs import read
    from ops.dev.project import find_project

    output = Output.of(ctx)
    for event in read(find_project(state), service, tail=tail, follow=follow):
        output.result({"message": event.message, **event.data}, f"{event.data['service']:>8} | {event.message}")
