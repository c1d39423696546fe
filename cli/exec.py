"""`langagent exec`."""

from typing import Annotated

import typer

from cli.output import Output
from cli.server.options import HostName, Identity, Port, User, connected

CONTEXT = {"allow_interspersed_args": False}  # options after the service are the command's


def command(
    ctx: typer.Context,
    service: Annotated[str, typer.Argument(help="A service, such as schedule, or backend for the one that serves.")],
    command_line: Annotated[list[str], typer.Argument(metavar="COMMAND...", help="The command and its arguments.")],
    timeout: Annotated[float, typer.Option("--timeout", min=1, help="Seconds that it may take.")] = 3600.0,
    host: HostName = "",
    user: User = "",
    port: Port = 22,
    identity: Identity = None,
) -> None:
    """Run a command in a service of a server; the exit code is the command's.

    Options of this command itself go before the service.
    """
    from ops.server.execute import execute

    with connected(host, user, port, identity) as server:
        done = execute(server, service, command_line, timeout)
    output = Output.of(ctx)
    document = {"code": done.code, "stdout": done.stdout, "stderr": done.stderr}
    if done.stderr and not output.json:
        output.say(done.stderr.rstrip("\n"))
    output.result(document, done.stdout.rstrip("\n"))
    raise typer.Exit(done.code)
