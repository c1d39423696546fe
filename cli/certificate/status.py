"""`langagent certificate status`."""

import os

import typer

from cli.certificate.options import FolderPath, described
from cli.env.options import DEFAULT, File
from cli.output import Output


def command(ctx: typer.Context, file: File = DEFAULT, folder: FolderPath = None) -> None:
    """Say how long the certificate in use lasts; exit 17 when its renewal is long overdue."""
    from datetime import UTC, datetime

    from ops.certificates.age import check
    from ops.certificates.folder import ROOT, Folder
    from ops.certificates.order import GROUP
    from ops.environment.settings import read_group
    from ops.errors import StaleError

    now = datetime.now(UTC)
    used = Folder(folder or ROOT).in_use()
    problem = check(used, read_group(GROUP, file, os.environ).acme_renew_days, now)
    if used:
        kind = "self-signed" if used.self_signed else "issued"
        text = f"{', '.join(sorted(used.names))}: {kind}, {used.days_left(now):.0f} days left"
        Output.of(ctx).result(described(used, now), text)
    if problem:
        raise StaleError(problem, state="The proxy serves what there is.", next_command="langagent certificate obtain")
