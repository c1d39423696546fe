"""What the `backup` commands share."""

from typing import Annotated

import typer

BackupId = Annotated[str, typer.Argument(help="Id of a backup, or `latest`.")]
