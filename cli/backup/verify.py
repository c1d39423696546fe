"""`langagent backup verify`."""

import os
from typing import Annotated

import typer

from cli.backup.options import BackupId
from cli.dev.options import State
from cli.env.options import DEFAULT, File
from cli.output import Output


def command(
    ctx: typer.Context,
    backup: BackupId = "latest",
    every: Annotated[bool, typer.Option("--all", help="Every backup of every store.")] = False,
    file: File = DEFAULT,
    state: State = None,
) -> None:
    """Read a backup back and compare every byte with its digest."""
    from ops.backups.catalogue import in_stores
    from ops.backups.config import find_config, open_stores
    from ops.backups.latest import find_here
    from ops.backups.stores.reach import reach
    from ops.backups.verify import verify_all
    from ops.errors import VerificationError

    output = Output.of(ctx)
    config = find_config(file, os.environ, state)
    reached = reach(open_stores(config), output.event)
    wanted = in_stores(reached.stores) if every else find_here(config, reached.stores, backup, output.event)
    proofs = verify_all(wanted, output.event)
    documents = [{"id": proof.id, "store": proof.store, "problem": proof.problem} for proof in proofs]
    lines = [f"{proof.id}  {proof.store}  {proof.problem or 'every byte as written'}" for proof in proofs]
    output.result({"verified": documents}, "\n".join(lines) or "There is no backup to verify.")
    damaged = sum(bool(proof.problem) for proof in proofs)
    if damaged:
        raise VerificationError(
            f"{damaged} of {len(proofs)} copies are damaged.",
            state="Nothing was changed.",
            next_command="langagent backup (makes a new one)",
        )
    reached.require_all()
