"""`langagent migrate up`."""

from typing import Annotated

import typer

from cli.dev.options import State
from cli.migrate.options import DatabaseUrl
from cli.output import Output


def command(
    ctx: typer.Context,
    to: Annotated[int | None, typer.Option(min=1, help="The last number to apply. Default: all.")] = None,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait while another run migrates.")] = 60,
    database_url: DatabaseUrl = None,
    state: State = None,
) -> None:
    """Apply the pending migrations."""
    from ops.dev.owner import owner_url
    from ops.events import Event
    from ops.migrations import apply

    output = Output.of(ctx)
    outcome = apply(
        owner_url(database_url, state),
        to=to,
        wait=wait,
        progress=lambda name: output.event(Event("migration", f"Applying {name}", {"name": name})),
    )
    for note in outcome.notes:
        output.event(Event("warning", note))
    text = f"Applied {len(outcome.names)}." if outcome.names else "Nothing was pending."
    output.result({"applied": outcome.names, "notes": outcome.notes}, text)
