"""`langagent telegram delete`."""

import os

import typer

from cli.dev.options import State, Yes
from cli.env.options import DEFAULT, File
from cli.output import Output


def command(ctx: typer.Context, file: File = DEFAULT, yes: Yes = False, state: State = None) -> None:
    """Have Telegram deliver nothing any more; updates wait there for 24 hours."""
    from ops.telegram.access import find_access
    from ops.telegram.webhook import delete_webhook

    output = Output.of(ctx)
    access = find_access(file, os.environ, state)
    output.confirm("Delete the bot's webhook? It hears nothing until it is set again.", yes=yes)
    before = delete_webhook(access)
    text = f"@{before.bot} has no webhook any more; it was {before.url}." if before.url else "No webhook was set."
    output.result({"bot": before.bot, "was": before.url, "pending": before.pending}, text)
