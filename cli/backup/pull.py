"""`langagent backup pull`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from cli.backup.options import BackupId
from cli.dev.options import State
from cli.env.options import DEFAULT, File
from cli.output import Output
from cli.output.units import size


def command(
    ctx: typer.Context,
    backup: BackupId = "latest",
    to: Annotated[Path, typer.Option("--to", help="The folder; it becomes a store, usable as BACKUP_FOLDER.")] = Path(),
    file: File = DEFAULT,
    state: State = None,
) -> None:
    """Copy a backup into a folder here."""
    from ops.backups.config import find_config, open_stores
    from ops.backups.latest import find_here
    from ops.backups.pull import pull_any
    from ops.backups.stores.folder import FolderStore
    from ops.backups.stores.reach import reach

    output = Output.of(ctx)
    output.if_interrupted = "there is no pulled backup; the same command begins anew."
    config = find_config(file, os.environ, state)
    reached = reach(open_stores(config), output.event)
    target = FolderStore(to)
    source, manifest = pull_any(find_here(config, reached.stores, backup, output.event), target, output.event)
    path = target.root / manifest.object
    text = f"{manifest.id}: {size(manifest.stored_bytes)} from {source.store.name}, every byte as written, in {path}"
    output.result({**manifest.as_document(), "source": source.store.name, "file": str(path)}, text)
