"""`langagent dev up`."""

from contextlib import closing
from typing import Annotated

import typer

from cli.dev.options import Port, State, TelegramPort, WebPort
from cli.output import Output
from ops.dev.choices import Infra, Telegram


def command(
    ctx: typer.Context,
    infra: Annotated[Infra, typer.Option(help="Where PostgreSQL and Redis come from.")] = Infra.AUTO,
    no_web: Annotated[bool, typer.Option("--no-web", help="Without Vite: the app serves the built client.")] = False,
    telegram: Annotated[
        Telegram, typer.Option(help="Who the bot talks to: a local stand-in with a chat page, or Telegram itself.")
    ] = Telegram.EMULATOR,
    schedule: Annotated[bool, typer.Option("--schedule", help="With daily backups, drills and alerts.")] = False,
    port: Port = 8000,
    web_port: WebPort = 5173,
    telegram_port: TelegramPort = 8081,
    state: State = None,
) -> None:
    """Start everything and stay with it until Ctrl-C."""
    from ops.dev.project import find_project
    from ops.dev.services import Ports, listed
    from ops.dev.state import find_running

    output = Output.of(ctx)
    project = find_project(state)
    if running := find_running(project):
        since = f"`dev up` runs already (process {running.process.pid}, since {running.started_at})."
        output.result({"state": "running", "urls": running.urls}, f"{since}\n{listed(running.urls)}")
        return
    from ops.dev.up import Wish, up

    ports = Ports(port, None if no_web else web_port, telegram_port if telegram is Telegram.EMULATOR else None)
    with closing(up(project, Wish(infra, telegram, ports, schedule))) as events:
        for event in events:
            output.event(event)
    output.result({"state": "stopped"}, "Everything is stopped.")
