"""What the `media` commands share."""

from typing import Annotated

import typer

Names = Annotated[list[str] | None, typer.Argument(help="SHA-256 of single files.")]
