"""The option that the `env` commands share."""

from pathlib import Path
from typing import Annotated

import typer

File = Annotated[Path, typer.Option("--file", envvar="LANGAGENT_ENV_FILE", help="The .env file.")]
DEFAULT = Path(".env")
