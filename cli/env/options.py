"""The options that the `env` commands share."""

from pathlib import Path
from typing import Annotated

import typer

File = Annotated[Path, typer.Option("--file", envvar="LANGAGENT_ENV_FILE", help="The .env file.")]
DEFAULT = Path(".env")


def place(file: Path, host: str, folder: str) -> str:
    """Return the path of the file: on a server, it lies in the product's folder unless said otherwise."""
    return f"{folder}/.env" if host and file == DEFAULT else str(file)
