"""`langagent env check`."""

import typer

from cli.env.options import DEFAULT, File, place
from cli.output import Output
from cli.server.options import PATH, Folder, HostName, Identity, Port, User, connected


def command(
    ctx: typer.Context,
    file: File = DEFAULT,
    host: HostName = "",
    user: User = "",
    port: Port = 22,
    identity: Identity = None,
    folder: Folder = PATH,
) -> None:
    """List every problem of a .env."""
    from datetime import UTC, datetime

    from ops.environment.check import check
    from ops.errors import ConfigurationError
    from ops.events import Event

    output = Output.of(ctx)
    path = place(file, host, folder)
    with connected(host, user, port, identity) as server:
        report = check(server, path, datetime.now(UTC).date())
    for warning in report.warnings:
        output.event(Event("warning", warning))
    listed = "\n".join(f"- {problem}" for problem in report.problems)
    output.result({"problems": report.problems, "warnings": report.warnings}, listed or f"{path} is fine.")
    if report.problems:
        raise ConfigurationError(f"{path} has {len(report.problems)} problem(s).", next_command=f"edit {path}")
