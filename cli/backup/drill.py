"""`langagent backup drill`."""

import os

import typer

from cli.backup.options import BackupId
from cli.dev.options import State
from cli.env.options import DEFAULT, File
from cli.output import Output
from cli.output.units import duration


def command(ctx: typer.Context, backup: BackupId = "latest", file: File = DEFAULT, state: State = None) -> None:
    """Restore a backup into a throw-away database, check it and note the time it took."""
    from datetime import UTC, datetime

    from ops.backups.config import find_config, open_stores
    from ops.backups.drill import drill
    from ops.backups.restore import identity
    from ops.backups.source import find_for_drill
    from ops.backups.stores.reach import reach
    from ops.backups.target import open_target
    from ops.environment import dotenv

    output = Output.of(ctx)
    output.if_interrupted = "the database was not touched, and no drill was noted; the same command begins anew."
    config = find_config(file, os.environ, state)
    reached = reach(open_stores(config), output.event)
    with open_target(config, {**dotenv.read(file), **os.environ}) as target:
        source = find_for_drill(config, reached.stores, backup, identity(target))
        done = drill(target, source, reached.stores, tell=output.event, now=datetime.now(UTC))
    asked = f", the app's question answered ({done.answer})" if done.answer else ""
    text = f"{done.backup} restores, every row counted{asked}, in {duration(done.seconds)}: that is the recovery time"
    output.result(done.as_document(), text)
