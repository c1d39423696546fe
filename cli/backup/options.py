"""What the `backup` commands share."""

from typing import Annotated

import typer

_HELP = "Id of a backup, or `latest`: the newest good one of the database that answers here, else of any."
BackupId = Annotated[str, typer.Argument(help=_HELP)]
