"""Options that the `dev` commands share."""

from pathlib import Path
from typing import Annotated

import typer

State = Annotated[
    Path | None,
    typer.Option(
        "--state", envvar="LANGAGENT_STATE", help="Folder of databases, logs and secrets. Default: .langagent"
    ),
]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port of the app.")]
WebPort = Annotated[int, typer.Option("--web-port", min=1, max=65535, help="Port of the browser client.")]
TelegramPort = Annotated[
    int, typer.Option("--telegram-port", min=1, max=65535, help="Port of the local Telegram and its chat page.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
