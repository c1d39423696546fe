"""`langagent backup prune`."""

import os

import typer

from cli.dev.options import State, Yes
from cli.env.options import DEFAULT, File
from cli.output import Output


def command(ctx: typer.Context, yes: Yes = False, file: File = DEFAULT, state: State = None) -> None:
    """Say which backups are too old; with --yes, delete them."""
    from datetime import UTC, datetime

    from ops.backups.config import find_config, open_stores
    from ops.backups.database import identify, open_database
    from ops.backups.prune import Verdict, execute, review
    from ops.backups.snapshot import locked
    from ops.backups.stores.reach import reach
    from ops.events import Event

    output = Output.of(ctx)
    config = find_config(file, os.environ, state)
    reached = reach(open_stores(config), output.event)

    def told(verdict: Verdict) -> None:
        output.event(Event("deleted", f"Deleted {verdict.backup.id} from {verdict.backup.store.name}."))

    with open_database(config) as database, locked(database) as connection:
        verdicts = review(reached.stores, identify(connection), config.policy, datetime.now(UTC))
        if yes:
            execute(verdicts, told)
    if config.policy.outlives_days:
        output.event(Event("warning", "Backups beyond BACKUP_KEEP_DAYS also keep accounts erased since."))
    fate = {True: "keep", False: "deleted" if yes else "delete"}
    rows = [
        (fate[verdict.decision.keep], verdict.backup.id, verdict.backup.store.name, verdict.decision.reason)
        for verdict in verdicts
    ]
    names = ("fate", "id", "store", "reason")
    documents = [dict(zip(names, row, strict=True)) for row in rows]
    text = "\n".join(f"{word:<7}  {backup_id}  {store}  {reason}" for word, backup_id, store, reason in rows)
    output.result({"done": yes, "backups": documents}, text or "There is no backup of this database.")
    reached.require_all()
