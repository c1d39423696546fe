"""`langagent backup prune`."""

import os
from typing import Annotated

import typer

from cli.dev.options import State
from cli.env.options import DEFAULT, File
from cli.output import Output


def command(
    ctx: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Delete it.")] = False,
    file: File = DEFAULT,
    state: State = None,
) -> None:
    """Say what is too old: backups, and databases that a restore replaced; with --yes, delete it."""
    from datetime import UTC, datetime

    from ops.backups import replaced
    from ops.backups.config import find_config, open_stores
    from ops.backups.database import identify, open_database
    from ops.backups.prune import Verdict, execute, review
    from ops.backups.snapshot import locked
    from ops.backups.stores.reach import reach
    from ops.environment import dotenv
    from ops.events import Event

    output = Output.of(ctx)
    config = find_config(file, os.environ, state)
    reached = reach(open_stores(config), output.event)
    now = datetime.now(UTC)

    def told(verdict: Verdict) -> None:
        output.event(Event("deleted", f"Deleted {verdict.backup.id} from {verdict.backup.store.name}."))

    with open_database(config) as database, locked(database) as connection:
        verdicts = review(reached.stores, identify(connection), config.policy, now)
        if yes:
            execute(verdicts, told)
    databases = replaced.review(config, {**dotenv.read(file), **os.environ}, now, drop=yes)
    if config.policy.outlives_days:
        output.event(Event("warning", "Backups beyond BACKUP_KEEP_DAYS also keep accounts erased since."))
    fate = {True: "keep", False: "deleted" if yes else "delete"}
    backups = [
        {
            "fate": fate[verdict.decision.keep],
            "id": verdict.backup.id,
            "store": verdict.backup.store.name,
            "reason": verdict.decision.reason,
        }
        for verdict in verdicts
    ]
    kept = [{"fate": fate[old.keep], "name": old.name, "reason": old.reason} for old in databases]
    lines = [f"{row['fate']:<7}  {row['id']}  {row['store']}  {row['reason']}" for row in backups]
    text = "\n".join(lines or ["There is no backup of this database."])
    text += "".join(f"\n{row['fate']:<7}  database {row['name']}  {row['reason']}" for row in kept)
    output.result({"done": yes, "backups": backups, "databases": kept}, text)
    reached.require_all()
