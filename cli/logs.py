"""`langagent logs`."""

from typing import Annotated

import typer

from cli.output import Output
from cli.server.options import HostName, Identity, Port, User, connected


def command(
    ctx: typer.Context,
    service: Annotated[
        str, typer.Argument(help="A service, such as worker, or backend for both of its colours. Default: all")
    ] = "",
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on with new lines until Ctrl-C.")] = False,
    tail: Annotated[int, typer.Option(min=0, help="How many lines of each service.")] = 50,
    host: HostName = "",
    user: User = "",
    port: Port = 22,
    identity: Identity = None,
) -> None:
    """Print what the services of a server say."""
    from contextlib import closing

    from ops.server.logs import argv, services

    output = Output.of(ctx)
    with connected(host, user, port, identity) as server:
        wanted = services(server, service)
        with closing(server.lines(argv(wanted, tail=tail, follow=follow))) as lines:
            for line in lines:
                output.result({"line": line}, line)
