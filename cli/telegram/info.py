"""`langagent telegram info`."""

import os

import typer

from cli.dev.options import State
from cli.env.options import DEFAULT, File
from cli.output import Output


def command(ctx: typer.Context, file: File = DEFAULT, state: State = None) -> None:
    """Say where updates go, how many wait, and what Telegram's last error was."""
    from ops.events import Event
    from ops.telegram.access import find_access
    from ops.telegram.webhook import describe, doubts

    output = Output.of(ctx)
    access = find_access(file, os.environ, state)
    now = describe(access)
    lines = {
        "bot": f"@{now.bot}",
        "webhook": now.url or "none",
        "waiting": str(now.pending),
        "last error": f"{now.last_error} ({now.last_error_at})" if now.last_error else "none",
    }
    output.result(now.as_document(), "\n".join(f"{name:<12} {value}" for name, value in lines.items()))
    for doubt in doubts(access, now):
        output.event(Event("warning", doubt))
