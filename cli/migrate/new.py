"""`langagent migrate new`."""

from typing import Annotated

import typer

from cli.output import Output


def command(
    ctx: typer.Context, title: Annotated[str, typer.Argument(help='What it does, such as "add card notes".')]
) -> None:
    """Make the two files of a new migration."""
    from ops.migrations import new

    up, down = new(title)
    Output.of(ctx).result({"up": str(up), "down": str(down)}, f"{up}\n{down}")
