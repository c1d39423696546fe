"""`langagent health`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.dev.options import State
from cli.env.options import DEFAULT, File
from cli.output import Output
from cli.server.options import PATH, Folder, HostName, Identity, Port, User, connected

if TYPE_CHECKING:
    from ops.hosts.base import Host


def command(
    ctx: typer.Context,
    url: Annotated[str, typer.Option(help="Where the server answers.")] = "http://127.0.0.1:8000",
    token: Annotated[
        str, typer.Option(envvar=["LANGAGENT_HEALTH_TOKEN", "METRICS_TOKEN"], help="Makes it tell the details.")
    ] = "",
    file: File = DEFAULT,
    state: State = None,
    host: HostName = "",
    user: User = "",
    port: Port = 22,
    identity: Identity = None,
    path: Folder = PATH,
) -> None:
    """Say how well an app is and how old backups and drills are; with --host, all of a server."""
    output = Output.of(ctx)
    if host:
        with connected(host, user, port, identity) as server:
            _of_server(output, server, path)
    else:
        _of_app(output, url, token, file, state)


def _of_server(output: Output, server: "Host", path: str) -> None:
    import json

    from ops.health.server import examine, refuse
    from ops.releases.layout import Layout

    health = examine(server, Layout(path))
    document = health.as_document()
    output.result(document, json.dumps(document, indent=2, ensure_ascii=False))
    refuse(health)


def _of_app(output: Output, url: str, token: str, file: Path, state: Path | None) -> None:
    import json
    from datetime import UTC, datetime

    from ops.errors import OpsError, StaleError
    from ops.health.ages import read_ages
    from ops.health.ask import ask
    from ops.schedule.config import find_schedule

    config = find_schedule(file, os.environ, state)
    health = ask(url, token)
    ages = read_ages(config.backups, config.budgets, datetime.now(UTC))
    document = {"ready": health.ready, **health.detail, **ages.as_document()}
    output.result(document, json.dumps(document, indent=2, ensure_ascii=False))
    if not health.is_well:
        raise OpsError(f"The server at {url} is not well.", next_command="langagent dev logs")
    if ages.problems:
        raise StaleError(
            " ".join(ages.problems),
            state="The server is well.",
            next_command="langagent backup, langagent backup drill",
        )
