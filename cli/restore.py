"""`langagent restore`."""

import os
from typing import Annotated

import typer

from cli.dev.options import State, Yes
from cli.env.options import DEFAULT, File
from cli.output import Output
from cli.output.units import duration

UNCHANGED = "no database was changed; the same command begins anew."
SWAPPING = (
    "the database that serves is whole: the restored one if a …_before_… of this minute is there, else the old one."
)


def command(
    ctx: typer.Context,
    backup: Annotated[str, typer.Argument(help="Id of a backup, `latest`, or a file of pg_dump.")],
    to: Annotated[str, typer.Option("--to", help="Make a copy of this name beside the database instead.")] = "",
    yes: Yes = False,
    file: File = DEFAULT,
    state: State = None,
) -> None:
    """Put a backup in the place of the database; the old one is kept for 7 days."""
    output = Output.of(ctx)
    output.if_interrupted = UNCHANGED
    from datetime import UTC, datetime

    from ops.backups.config import find_config, open_stores_if_any
    from ops.backups.restore import identity, restore
    from ops.backups.source import find_source
    from ops.backups.target import open_target
    from ops.environment import dotenv
    from ops.events import Event

    def tell(event: Event) -> None:
        if event.kind == "swap":
            output.if_interrupted = SWAPPING
        output.event(event)

    config = find_config(file, os.environ, state)
    variables = {**dotenv.read(file), **os.environ}
    with open_target(config, variables) as target:
        source = find_source(config, backup, identity(target), tell)
        if not to:
            word = "production" if variables.get("ENVIRONMENT") == "production" else ""
            output.confirm(f"Replace the database {target.name} by {source.name}?", yes=yes, word=word)
        done = restore(target, source, open_stores_if_any(config), to=to, tell=tell, now=datetime.now(UTC))
    kept = f"; the old one is kept as {done.kept}" if done.kept else ""
    output.result(
        {
            "source": done.source,
            "database": done.database,
            "kept": done.kept,
            "erased_again": done.erased,
            "closed_messages": done.closed,
            "duration_seconds": done.seconds,
        },
        f"{done.database} is {done.source} now, checked, after {duration(done.seconds)}{kept}",
    )
