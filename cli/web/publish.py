"""`langagent web publish`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from cli.env.options import DEFAULT, File
from cli.output import Output


def command(
    ctx: typer.Context,
    to: Annotated[
        Path | None,
        typer.Option("--to", envvar="LANGAGENT_WEB_TO", help="A folder. Default: the bucket WEB_S3_BUCKET."),
    ] = None,
    built: Annotated[
        Path | None, typer.Option("--from", envvar="LANGAGENT_WEB_FROM", help="The built client. Default: this one's.")
    ] = None,
    file: File = DEFAULT,
) -> None:
    """Publish the built client: assets first, pages last; those of the two releases before stay."""
    from ops.web.publish import publish
    from ops.web.target import CLIENT, find_site

    output = Output.of(ctx)
    site = find_site(to, file, os.environ)
    done = publish(built or CLIENT, site, output.event)
    output.result(
        {"site": site.name, "uploaded": done.uploaded, "removed": done.removed},
        f"{site.name}: {len(done.uploaded)} uploaded, {len(done.removed)} of older releases removed.",
    )
