"""`langagent schedule`."""

import os

import typer

from cli.dev.options import State
from cli.env.options import DEFAULT, File
from cli.output import Output


def command(ctx: typer.Context, file: File = DEFAULT, state: State = None) -> None:
    """Run the operations' background process: backups, retention, drills, alerts."""
    from ops.schedule.start import start

    start(file, os.environ, state, Output.of(ctx).event)
