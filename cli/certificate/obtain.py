"""`langagent certificate obtain`."""

import os

import typer

from cli.certificate.options import FolderPath, described
from cli.env.options import DEFAULT, File
from cli.output import Output


def command(ctx: typer.Context, file: File = DEFAULT, folder: FolderPath = None) -> None:
    """Have a certificate of the ACME server in use; asked when none lasts."""
    from datetime import UTC, datetime

    from ops.certificates.folder import ROOT, Folder
    from ops.certificates.obtain import obtain
    from ops.certificates.order import find_order

    output = Output.of(ctx)
    now = datetime.now(UTC)
    used = obtain(find_order(file, os.environ), Folder(folder or ROOT), now, output.event)
    names = ", ".join(sorted(used.names))
    output.result(described(used, now), f"In use, for {used.days_left(now):.0f} days more: {names}")
