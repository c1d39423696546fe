"""`langagent telegram set`."""

import os

import typer

from cli.dev.options import State
from cli.env.options import DEFAULT, File
from cli.output import Output


def command(ctx: typer.Context, file: File = DEFAULT, state: State = None) -> None:
    """Have Telegram deliver updates to TELEGRAM_WEBHOOK_URL; nothing that waits is dropped."""
    from ops.telegram.access import find_access
    from ops.telegram.webhook import set_webhook

    now = set_webhook(find_access(file, os.environ, state))
    text = f"Telegram delivers the updates of @{now.bot} to {now.url}; {now.pending} wait."
    Output.of(ctx).result(now.as_document(), text)
