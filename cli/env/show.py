"""`langagent env show`."""

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
    """Print the .env with its secrets hidden."""
    from ops.environment.check import redacted
    from ops.environment.dotenv import parse
    from ops.environment.files import load

    with connected(host, user, port, identity) as server:
        values = redacted(parse(load(server, place(file, host, folder))))
    Output.of(ctx).result({"values": values}, "\n".join(f"{name}={value}" for name, value in values.items()))
