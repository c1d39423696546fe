"""`langagent env rotate`."""

import typer

from cli.env.options import DEFAULT, File
from cli.output import Output


def command(ctx: typer.Context, file: File = DEFAULT) -> None:
    """Give SECRET_KEY a new value; the old one stays valid for an overlap."""
    from datetime import UTC, datetime

    from ops.environment.files import rotate

    rotate(file, datetime.now(UTC).date())
    text = "SECRET_KEY is new, the old one is SECRET_KEY_PREVIOUS. Next: restart the app and the worker."
    Output.of(ctx).result({"file": str(file)}, text)
