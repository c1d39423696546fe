"""`langagent env rotate`."""

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
    """Give SECRET_KEY a new value; the old one stays valid for an overlap."""
    from datetime import UTC, datetime

    from ops.environment.files import rotate

    path = place(file, host, folder)
    with connected(host, user, port, identity) as server:
        rotate(server, path, datetime.now(UTC).date())
    text = "SECRET_KEY is new, the old one is SECRET_KEY_PREVIOUS. Next: restart the app and the worker."
    Output.of(ctx).result({"file": path}, text)
