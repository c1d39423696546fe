"""`langagent media verify`."""

import os

import typer

from cli.dev.options import State
from cli.env.options import DEFAULT, File
from cli.output import Output
from cli.output.units import size


def command(ctx: typer.Context, file: File = DEFAULT, state: State = None) -> None:
    """Read every file and every copy back, and compare with its digest and with the database."""
    from contextlib import ExitStack

    from ops.backups import config as backups
    from ops.errors import ConfigurationError, VerificationError
    from ops.events import Event
    from ops.media.config import find_config, open_stores
    from ops.media.references import open_references
    from ops.media.verify import Report, verify

    def lines(report: Report) -> list[str]:
        kinds = ("damaged", "unreadable", "missing", "foreign")
        head = f"{report.store}: {report.whole} files ({size(report.bytes)}) are as they were written"
        return [head, *(f"  {what}  {name}" for what in kinds for name in report.as_document()[what])]

    output = Output.of(ctx)
    stores = open_stores(find_config(file, os.environ, state))
    with ExitStack() as stack:
        references = None
        try:
            references = stack.enter_context(open_references(backups.find_config(file, os.environ, state)))
        except ConfigurationError as error:
            output.event(Event("warning", f"{error.message} What is missing is not looked for."))
        reports = [verify(store, references, output.event) for store in stores]
    text = "\n".join(line for report in reports for line in lines(report))
    output.result({"stores": [report.as_document() for report in reports]}, text)
    if bad := [report.store for report in reports if not report.is_good]:
        raise VerificationError(
            f"Not all is as it should be in {' and '.join(bad)}.",
            state="Nothing was changed.",
            next_command="langagent media restore SHA256 (the folder) or sync SHA256 (the bucket); docs/media.md",
        )
