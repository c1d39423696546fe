"""`langagent media restore`."""

import os

import typer

from cli.dev.options import State
from cli.env.options import DEFAULT, File
from cli.media.options import Names
from cli.output import Output
from cli.output.units import size


def command(ctx: typer.Context, names: Names = None, file: File = DEFAULT, state: State = None) -> None:
    """Bring files back from the bucket: single ones, else all that are known and missing."""
    from ops.backups import config as backups
    from ops.errors import VerificationError
    from ops.media.config import find_config, open_bucket, open_stores
    from ops.media.references import open_references
    from ops.media.restore import missing, require_names, restore

    output = Output.of(ctx)
    config = find_config(file, os.environ, state)
    bucket, target = open_bucket(config), open_stores(config)[0]
    require_names(names or ())
    if not names:
        with open_references(backups.find_config(file, os.environ, state)) as references:
            names = missing(target, references.sizes())
    done = restore(bucket, target, names, output.event)
    text = f"Restored {done.restored} of {len(names)} files ({size(done.bytes)}) from {bucket.name} to {target.name}"
    output.result(done.as_document(), text)
    if done.lost:
        raise VerificationError(
            f"{bucket.name} has no whole version of {', '.join(done.lost)}.",
            state="All others are restored.",
            next_command="langagent media verify",
        )
