"""`langagent backup list`."""

import os
from typing import Annotated

import typer

from cli.dev.options import State
from cli.env.options import DEFAULT, File
from cli.output import Output
from cli.output.units import size


def command(
    ctx: typer.Context,
    own: Annotated[bool, typer.Option("--own", help="Only those of the database that answers here.")] = False,
    file: File = DEFAULT,
    state: State = None,
) -> None:
    """List the backups of every store."""
    from datetime import UTC, datetime

    from ops.backups.catalogue import Backup, in_stores
    from ops.backups.config import find_config, open_stores
    from ops.backups.database import identify, open_database
    from ops.backups.manifest import DatabaseIdentity
    from ops.backups.stores.reach import reach
    from ops.durations import spoken

    now = datetime.now(UTC)

    def line(backup: Backup) -> str:
        manifest, age = backup.manifest, spoken(now - backup.at)
        facts = f"{size(manifest.stored_bytes):>9}  {called(manifest.database)}" if manifest else f"{'?':>9}  ?"
        return f"{backup.id}  {age:>6} old  {facts}  {backup.store.name}  {backup.problem or 'good'}"

    def called(database: DatabaseIdentity) -> str:
        return database.label if len(names) < len(databases) else database.name

    output = Output.of(ctx)
    config = find_config(file, os.environ, state)
    reached = reach(open_stores(config), output.event)
    backups = in_stores(reached.stores)
    if own:
        with open_database(config) as database, database.connect() as connection:
            ours = identify(connection)
        backups = [backup for backup in backups if backup.is_of(ours)]
    databases = {backup.manifest.database for backup in backups if backup.manifest}
    names = {database.name for database in databases}
    documents = [
        {
            **(backup.manifest.as_document() if backup.manifest else {}),
            "id": backup.id,
            "store": backup.store.name,
            "problem": backup.problem,
        }
        for backup in backups
    ]
    nothing = f"There is no backup in {' or '.join(store.name for store in reached.stores)}."
    output.result({"backups": documents, "left_out": list(reached.failures)}, "\n".join(map(line, backups)) or nothing)
