"""`langagent notify test`."""

import os

import typer

from cli.env.options import DEFAULT, File
from cli.output import Output


def command(ctx: typer.Context, file: File = DEFAULT) -> None:
    """Send one message through each alert channel and say which failed."""
    from ops.errors import ConfigurationError, OpsError
    from ops.notify.notifier import find_notifier

    notifier = find_notifier(file, os.environ)
    if not notifier.channels:
        raise ConfigurationError(
            "There is no alert channel: neither ALERT_URLS nor ALERT_TELEGRAM_CHAT_ID is set.",
            state="Nobody hears of a failed backup.",
            next_command=f"edit {file} (docs/alerts.md shows how)",
        )
    deliveries = notifier.send("A test of the alerts", "LangAgent reaches you here. Nothing is to be done.")
    lines = [f"{'BAD' if delivery.problem else 'ok '}  {delivery.channel}" for delivery in deliveries]
    documents = [{"channel": delivery.channel, "problem": delivery.problem} for delivery in deliveries]
    Output.of(ctx).result({"channels": documents}, "\n".join(lines))
    problems = [delivery.problem for delivery in deliveries if delivery.problem]
    if problems:
        raise OpsError(
            f"{len(problems)} of {len(deliveries)} channels failed: {' '.join(problems)}",
            state="Alerts still go to the others." if len(problems) < len(deliveries) else "Nobody hears of trouble.",
            next_command="langagent notify test (after a change)",
        )
