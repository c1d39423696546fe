"""`langagent migrate down`."""

from typing import Annotated

import typer

from cli.dev.options import State, Yes
from cli.migrate.options import DatabaseUrl
from cli.output import Output


def command(
    ctx: typer.Context,
    to: Annotated[
        int | None, typer.Option(min=0, help="The number to go back to; 0 takes all back. Default: one step.")
    ] = None,
    yes: Yes = False,
    database_url: DatabaseUrl = None,
    state: State = None,
) -> None:
    """Take back the last migration, with the data that it made room for."""
    from ops.dev.owner import owner_url
    from ops.events import Event
    from ops.migrations import rollback

    output = Output.of(ctx)
    outcome = rollback(
        owner_url(database_url, state),
        to=to,
        approve=lambda names: output.confirm(f"Take back {', '.join(names)}, with the data in it?", yes=yes),
        progress=lambda name: output.event(Event("migration", f"Taking back {name}", {"name": name})),
    )
    text = f"Took back {len(outcome.names)}." if outcome.names else "There was nothing to take back."
    output.result({"rolled_back": outcome.names}, text)
