"""The options by which every command finds its server."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ops.hosts.base import Host
    from ops.hosts.target import Target

HostName = Annotated[
    str, typer.Option("--host", envvar="SERVER_HOST", help="The server: [user@]host[:port]. Default: this machine")
]
User = Annotated[str, typer.Option("--user", envvar="SERVER_USER", help="Who to log in as. Default: deploy")]
Port = Annotated[int, typer.Option("--port", envvar="SERVER_PORT", min=1, max=65535, help="Port of SSH.")]
Identity = Annotated[
    Path | None,
    typer.Option(
        "--identity",
        "-i",
        envvar="SERVER_IDENTITY",
        help="File with the private key. Default: SSH_PRIVATE_KEY (its text), an agent, ~/.ssh",
    ),
]
Folder = Annotated[str, typer.Option("--path", envvar="DEPLOY_PATH", help="Folder of the product on the server.")]
PATH = "/var/app"


def target(host: str, user: str, port: int, identity: Path | None) -> "Target":
    """Return what the options and SSH_PRIVATE_KEY say of the server."""
    from langagent.settings import Secret
    from ops.hosts.target import DEFAULT_USER, Target

    return Target(host, user or DEFAULT_USER, port, identity, Secret(os.environ.get("SSH_PRIVATE_KEY", "")))


@contextmanager
def connected(host: str, user: str, port: int, identity: Path | None) -> Iterator["Host"]:
    """Hold a connection to the server, or this machine when none is named."""
    from ops.hosts.target import open_host

    with closing(open_host(target(host, user, port, identity))) as server:
        yield server
