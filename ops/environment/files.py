"""Make and change a `.env` in place."""

from datetime import date
from pathlib import Path

from ops.environment import dotenv, keys
from ops.environment.example import example
from ops.errors import ConfigurationError, PreflightError


def init(path: Path, today: date) -> None:
    """Write a new `.env` with generated secrets, for its owner only.

    Raises:
        PreflightError: there is one already, or the folder cannot be written.
    """
    if path.exists():
        raise PreflightError(
            f"{path} exists already.", state="It was not changed.", next_command=f"langagent env check --file {path}"
        )
    _write(path, keys.fill(example(), today))


def rotate(path: Path, today: date) -> None:
    """Give SECRET_KEY a new value; the old one stays as SECRET_KEY_PREVIOUS.

    Raises:
        ConfigurationError: there is no file, or no key in it.
        PreflightError: the folder cannot be written.
    """
    _write(path, keys.rotate(load(path), today))


def load(path: Path) -> str:
    """Return the text of a `.env`.

    Raises:
        ConfigurationError: there is none.
    """
    try:
        return path.read_text()
    except FileNotFoundError as error:
        raise ConfigurationError(f"There is no {path}.", next_command=f"langagent env init --file {path}") from error


def _write(path: Path, text: str) -> None:
    try:
        dotenv.write_private(path, text)
    except OSError as error:
        raise PreflightError(
            f"{path} cannot be written: {error.strerror}.",
            state="It was not changed.",
            next_command=f"ls -ld '{path.absolute().parent}'",
        ) from error
