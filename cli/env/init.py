"""`langagent env init`."""

import typer

from cli.env.options import DEFAULT, File
from cli.output import Output


def command(ctx: typer.Context, file: File = DEFAULT) -> None:
    """Write a .env with generated secrets."""
    from datetime import UTC, datetime

    from ops.environment.files import init

    init(file, datetime.now(UTC).date())
    text = f"Wrote {file} (mode 0600). Next: fill in what `langagent env check` names."
    Output.of(ctx).result({"file": str(file)}, text)
