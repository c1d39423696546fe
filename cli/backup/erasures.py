"""`langagent backup erasures`."""

import os

import typer

from cli.dev.options import State
from cli.env.options import DEFAULT, File
from cli.output import Output


def command(ctx: typer.Context, file: File = DEFAULT, state: State = None) -> None:
    """Note beside the backups who was erased, so that no restore brings them back."""
    from ops.backups.aftercare import erased_accounts
    from ops.backups.config import find_config, open_stores
    from ops.backups.database import identify, open_database
    from ops.backups.erasures import remember_everywhere
    from ops.backups.snapshot import locked

    config = find_config(file, os.environ, state)
    stores = open_stores(config)
    with open_database(config) as database, locked(database) as connection:
        noted = remember_everywhere(stores, identify(connection), erased_accounts(connection))
    where = " and ".join(store.name for store in stores)
    Output.of(ctx).result({"erased": noted}, f"{noted} erased accounts are noted in {where}.")
