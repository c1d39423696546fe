"""`langagent env show`."""

import typer

from cli.env.options import DEFAULT, File
from cli.output import Output


def command(ctx: typer.Context, file: File = DEFAULT) -> None:
    """Print the .env with its secrets hidden."""
    from ops.environment.check import redacted
    from ops.environment.dotenv import parse
    from ops.environment.files import load

    values = redacted(parse(load(file)))
    Output.of(ctx).result({"values": values}, "\n".join(f"{name}={value}" for name, value in values.items()))
