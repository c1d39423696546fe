"""`langagent health`."""

import os
from typing import Annotated

import typer

from cli.dev.options import State
from cli.env.options import DEFAULT, File
from cli.output import Output


def command(
    ctx: typer.Context,
    url: Annotated[str, typer.Option(help="Where the server answers.")] = "http://127.0.0.1:8000",
    token: Annotated[
        str, typer.Option(envvar=["LANGAGENT_HEALTH_TOKEN", "METRICS_TOKEN"], help="Makes it tell the details.")
    ] = "",
    file: File = DEFAULT,
    state: State = None,
) -> None:
    """Ask a running server how well it is, and the stores how old the newest backup and drill are."""
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
    Output.of(ctx).result(document, json.dumps(document, indent=2, ensure_ascii=False))
    if not health.is_well:
        raise OpsError(f"The server at {url} is not well.", next_command="langagent dev logs")
    if ages.problems:
        raise StaleError(
            " ".join(ages.problems),
            state="The server is well.",
            next_command="langagent backup, langagent backup drill",
        )
