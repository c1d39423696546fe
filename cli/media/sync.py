"""`langagent media sync`."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from cli.dev.options import State, Yes
from cli.env.options import DEFAULT, File
from cli.media.options import Names
from cli.output import Output
from cli.output.units import size

if TYPE_CHECKING:
    from ops.media.deletion import Deletion

DELETE_HELP = "Delete from the bucket what the folder lacks and the database does not refer to."


def command(
    ctx: typer.Context,
    names: Names = None,
    delete: Annotated[bool, typer.Option("--delete", help=DELETE_HELP)] = False,
    unversioned: Annotated[
        bool, typer.Option("--unversioned", help="Delete even where the bucket keeps no old versions.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    yes: Yes = False,
    file: File = DEFAULT,
    state: State = None,
) -> None:
    """Copy what the bucket lacks; single files are copied again, whatever it holds."""
    from contextlib import ExitStack

    from ops.backups import config as backups
    from ops.errors import VerificationError
    from ops.events import Event
    from ops.media.config import find_config, open_bucket, open_folder
    from ops.media.deletion import Deletion, remove, require_safe, weigh
    from ops.media.references import open_references
    from ops.media.sync import execute, plan

    output = Output.of(ctx)
    config = find_config(file, os.environ, state)
    folder, bucket = open_folder(config), open_bucket(config)
    with ExitStack() as stack:
        todo, doomed = plan(folder, bucket, names or ()), Deletion()
        if delete:
            require_safe(todo, folder, bucket, unversioned=unversioned)
            references = stack.enter_context(open_references(backups.find_config(file, os.environ, state)))
            doomed = weigh(todo.superfluous, folder, references)
        if not todo.is_versioned:
            output.event(Event("warning", f"{bucket.name} keeps no old versions: what is lost there is gone."))
        if dry_run:
            text = f"Would copy {len(todo.missing)} files ({size(todo.bytes)}) to {bucket.name}, which has {todo.there}"
            text += f", and delete {len(doomed.unneeded)} there" if delete else _left(len(todo.superfluous))
            output.result({"done": False, **todo.as_document(), **doomed.as_document()}, text + _lines(doomed))
            return
        if doomed.unneeded:
            output.confirm(f"Delete {len(doomed.unneeded)} files from {bucket.name}?", yes=yes)
        done = execute(todo, folder, bucket, output.event)
        if delete:
            doomed = remove(doomed, folder, bucket, references)
    text = f"Copied {done.copied} files ({size(done.bytes)}) to {bucket.name}, which had {todo.there}"
    text += f", and deleted {len(doomed.unneeded)} there" if delete else _left(len(todo.superfluous))
    figures = {**todo.as_document(), **done.as_document(), "deleted": len(doomed.unneeded), "kept": doomed.kept}
    output.result({"done": True, **figures}, text + _lines(doomed))
    if done.damaged:
        raise VerificationError(
            f"{len(done.damaged)} of {len(todo.missing)} files are damaged in {folder.name}.",
            state="All others are copied, unless they cannot be read.",
            next_command=f"langagent media restore {' '.join(done.damaged)}",
        )
    if done.unreadable:
        raise VerificationError(
            f"{len(done.unreadable)} of {len(todo.missing)} files cannot be read in {folder.name}.",
            state="All others are copied.",
            next_command=f"ls -l '{folder.root}' (who may read them), then langagent media sync; docs/media.md",
        )
    if doomed.kept:
        raise VerificationError(
            f"{folder.name} lacks {len(doomed.kept)} files that the database still refers to.",
            state=f"Their copies in {bucket.name} are kept; all else is done.",
            next_command="langagent media restore (brings them back)",
        )


def _left(superfluous: int) -> str:
    return f"; it has {superfluous} more than the folder (--delete)" if superfluous else ""


def _lines(doomed: "Deletion") -> str:
    return "".join(f"\n  kept  {name}" for name in doomed.kept)
