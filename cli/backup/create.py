"""`langagent backup create`."""

import os

import typer

from cli.dev.options import State
from cli.env.options import DEFAULT, File
from cli.output import Output
from cli.output.units import duration, size


def command(ctx: typer.Context, file: File = DEFAULT, state: State = None) -> None:
    """Back the database up into every store that is set."""
    from ops.backups.config import find_config, open_stores
    from ops.backups.create import create
    from ops.backups.database import open_database
    from ops.backups.doctor import is_beside_the_database
    from ops.events import Event

    output = Output.of(ctx)
    output.if_interrupted = (
        "there is no new backup unless `langagent backup list` shows one; earlier ones are untouched."
    )
    config = find_config(file, os.environ, state)
    stores = open_stores(config)
    with open_database(config) as database:
        made = create(database, stores, recipient=config.settings.backup_recipient, tell=output.event)
    if is_beside_the_database(config):
        output.event(Event("warning", "It lies on the disk of this machine only, which is no backup."))
    manifest = made.manifest
    rate = size(manifest.raw_bytes / manifest.duration_seconds)
    output.result(
        {**manifest.as_document(), "stores": made.stores},
        f"{manifest.id}: {size(manifest.raw_bytes)} in {duration(manifest.duration_seconds)} ({rate}/s), "
        f"{size(manifest.stored_bytes)} stored, sha256 {manifest.sha256[:16]}…, in {' and '.join(made.stores)}",
    )
