"""`langagent web build`."""

import typer

from cli.output import Output


def command(ctx: typer.Context) -> None:
    """Build the browser client of this checkout."""
    from ops.dev.project import find_project
    from ops.web.build import build

    folder = build(find_project())
    Output.of(ctx).result({"folder": str(folder)}, f"Built {folder}. Next: langagent web publish")
