"""`langagent health`."""

from typing import Annotated

import typer

from cli.output import Output


def command(
    ctx: typer.Context,
    url: Annotated[str, typer.Option(help="Where the server answers.")] = "http://127.0.0.1:8000",
    token: Annotated[
        str, typer.Option(envvar=["LANGAGENT_HEALTH_TOKEN", "METRICS_TOKEN"], help="Makes it tell the details.")
    ] = "",
) -> None:
    """Ask a running server how well it is."""
    import json

    from ops.errors import OpsError
    from ops.health.ask import ask

    health = ask(url, token)
    document = {"ready": health.ready, **health.detail}
    Output.of(ctx).result(document, json.dumps(document, indent=2, ensure_ascii=False))
    if not health.is_well:
        raise OpsError(f"The server at {url} is not well.", next_command="langagent dev logs")
