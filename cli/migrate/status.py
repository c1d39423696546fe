"""`langagent migrate status`."""

from typing import TYPE_CHECKING

import typer

from cli.dev.options import State
from cli.migrate.options import DatabaseUrl
from cli.output import Output

if TYPE_CHECKING:
    from datetime import datetime


def command(ctx: typer.Context, database_url: DatabaseUrl = None, state: State = None) -> None:
    """List every migration and whether the database has it."""
    from ops.dev.owner import owner_url
    from ops.migrations import status

    found = status(owner_url(database_url, state))
    documents = [{"name": one.name, "state": one.state, "applied_at": one.applied_at} for one in found]
    lines = [f"{one.state:8}  {_minute(one.applied_at):16}  {one.name}" for one in found]
    Output.of(ctx).result({"migrations": documents}, "\n".join(lines) or "There are no migrations.")


def _minute(moment: "datetime | None") -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
