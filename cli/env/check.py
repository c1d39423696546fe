"""`langagent env check`."""

import typer

from cli.env.options import DEFAULT, File
from cli.output import Output


def command(ctx: typer.Context, file: File = DEFAULT) -> None:
    """List every problem of a .env."""
    from datetime import UTC, datetime

    from ops.environment.check import check
    from ops.errors import ConfigurationError
    from ops.events import Event

    output = Output.of(ctx)
    report = check(file, datetime.now(UTC).date())
    for warning in report.warnings:
        output.event(Event("warning", warning))
    listed = "\n".join(f"- {problem}" for problem in report.problems)
    output.result({"problems": report.problems, "warnings": report.warnings}, listed or f"{file} is fine.")
    if report.problems:
        raise ConfigurationError(f"{file} has {len(report.problems)} problem(s).", next_command=f"edit {file}")
