"""`langagent status`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from cli.output import Output
from cli.server.options import PATH, Folder, HostName, Identity, Port, User, connected

if TYPE_CHECKING:
    from ops.deploy.status import Status


def command(
    ctx: typer.Context,
    host: HostName = "",
    user: User = "",
    port: Port = 22,
    identity: Identity = None,
    path: Folder = PATH,
) -> None:
    """Say what runs on a server, since when, and whether somebody is changing it."""
    from ops.deploy.status import look
    from ops.errors import OpsError
    from ops.releases.layout import Layout

    output = Output.of(ctx)
    with connected(host, user, port, identity) as server:
        status = look(server, Layout(path))
    output.result(status.as_document(), "\n".join(_lines(status)))
    if status.problems:
        raise OpsError(
            f"{len(status.problems)} of the services do not run well: {'; '.join(status.problems)}.",
            next_command="langagent logs SERVICE",
        )


def _lines(status: "Status") -> Iterator[str]:
    release = status.release
    yield f"{release.id} by {release.who}, on backend-{status.live}" if release else "No release serves."
    for container in status.containers:
        health = f", {container.health}" if container.is_running and container.health else ""
        since, image = f"{container.started[:19]}Z", _short(container.image)
        yield f"  {container.service:14} {container.fate}{health}, since {since}  {image}"
    if status.holder:
        yield f"{status.holder}."
    for release_id in status.unfinished:
        yield f"{release_id} is not finished: langagent deploy --attach"


def _short(image: str) -> str:
    name, at, digest = image.partition("@sha256:")
    return f"{name}{at}{digest[:12]}"
