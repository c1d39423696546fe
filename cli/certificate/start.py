"""`langagent certificate start`."""

import os

import typer

from cli.certificate.options import FolderPath, described
from cli.env.options import DEFAULT, File
from cli.output import Output


def command(ctx: typer.Context, file: File = DEFAULT, folder: FolderPath = None) -> None:
    """Have a certificate to start with: a self-signed one, unless one is in use."""
    from datetime import UTC, datetime

    from ops.certificates.folder import ROOT, Folder
    from ops.certificates.order import find_order
    from ops.certificates.start import start

    now = datetime.now(UTC)
    used, made = start(Folder(folder or ROOT), find_order(file, os.environ).names, now)
    text = "Made a self-signed certificate." if made else f"One is in use, for {used.days_left(now):.0f} days more."
    Output.of(ctx).result({"made": made, **described(used, now)}, text)
