"""`langagent backup create`."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from cli.dev.options import State
from cli.env.options import DEFAULT, File
from cli.output import Output
from cli.output.units import duration, size

if TYPE_CHECKING:
    from datetime import datetime


def command(
    ctx: typer.Context,
    since: Annotated[
        str, typer.Option("--since", help="Leave out the stores that have a backup made since this moment (ISO 8601).")
    ] = "",
    file: File = DEFAULT,
    state: State = None,
) -> None:
    """Back the database up into every store that is set."""
    from ops.backups.catalogue import lacking
    from ops.backups.config import find_config, open_stores
    from ops.backups.create import create
    from ops.backups.database import identify, open_database
    from ops.backups.doctor import is_beside_the_database
    from ops.events import Event

    output = Output.of(ctx)
    output.if_interrupted = (
        "there is no new backup unless `langagent backup list` shows one; earlier ones are untouched."
    )
    config = find_config(file, os.environ, state)
    stores = open_stores(config)
    with open_database(config) as database:
        if since:
            with database.connect() as connection:
                stores = lacking(stores, identify(connection), moment(since))
        if not stores:
            output.result({"stores": []}, f"Every store has a backup made since {since}.")
            return
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


def moment(text: str) -> "datetime":
    """Read a moment, in UTC if it names no zone."""
    from datetime import UTC, datetime

    from ops.errors import ConfigurationError

    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigurationError(
            f"{text} is no moment.", state="Nothing was done.", next_command="write it as 2026-03-01T02:00:00+00:00"
        ) from error
    return read if read.tzinfo else read.replace(tzinfo=UTC)
