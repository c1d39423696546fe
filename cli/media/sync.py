"""`langagent media sync`."""

import os
from typing import Annotated

import typer

from cli.dev.options import State, Yes
from cli.env.options import DEFAULT, File
from cli.media.options import Names
from cli.output import Output
from cli.output.units import size


def command(
    ctx: typer.Context,
    names: Names = None,
    delete: Annotated[bool, typer.Option("--delete", help="Delete from the bucket what the folder lacks.")] = False,
    unversioned: Annotated[
        bool, typer.Option("--unversioned", help="Delete even where the bucket keeps no old versions.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    yes: Yes = False,
    file: File = DEFAULT,
    state: State = None,
) -> None:
    """Copy what the bucket lacks; single files are copied again, whatever it holds."""
    from ops.errors import VerificationError
    from ops.events import Event
    from ops.media.config import find_config, open_bucket, open_folder
    from ops.media.sync import execute, plan, require_safe_deletion

    output = Output.of(ctx)
    config = find_config(file, os.environ, state)
    folder, bucket = open_folder(config), open_bucket(config)
    todo = plan(folder, bucket, names or ())
    if delete:
        require_safe_deletion(todo, folder, bucket, unversioned=unversioned)
    if not todo.is_versioned:
        output.event(Event("warning", f"{bucket.name} keeps no old versions: what is lost there is gone."))
    if dry_run:
        text = f"Would copy {len(todo.missing)} files ({size(todo.bytes)}) to {bucket.name}, which has {todo.there}"
        output.result({"done": False, **todo.as_document()}, text + _left(len(todo.superfluous)))
        return
    if delete and todo.superfluous:
        output.confirm(f"Delete {len(todo.superfluous)} files from {bucket.name}?", yes=yes)
    done = execute(todo, folder, bucket, delete=delete, tell=output.event)
    text = f"Copied {done.copied} files ({size(done.bytes)}) to {bucket.name}, which had {todo.there}"
    text += f", and deleted {done.deleted} there" if delete else _left(len(todo.superfluous))
    output.result({"done": True, **todo.as_document(), **done.as_document()}, text)
    if done.damaged:
        raise VerificationError(
            f"{len(done.damaged)} of {len(todo.missing)} files are damaged in {folder.name}.",
            state="All others are copied.",
            next_command=f"langagent media restore {' '.join(done.damaged)}",
        )


def _left(superfluous: int) -> str:
    return f"; it has {superfluous} more than the folder (--delete)" if superfluous else ""
