"""Make and change a `.env` in its place, here or on a server."""

from collections.abc import Mapping
from datetime import date

from ops.environment import dotenv, keys, server
from ops.environment.example import example
from ops.errors import ConfigurationError, PreflightError
from ops.hosts.base import Host


def init(host: Host, path: str, today: date, values: Mapping[str, str]) -> None:
    """Write a new `.env` with generated secrets and these values, for its owner only.

    Raises:
        PreflightError: there is one already, or the folder cannot be written.
    """
    if exists(host, path):
        raise PreflightError(
            f"{path} exists already.", state="It was not changed.", next_command=f"langagent env check --file {path}"
        )
    whole = server.complete(values) if values.get("ENVIRONMENT") == "production" else values
    _write(host, path, dotenv.with_values(keys.fill(example(), today), whole))


def rotate(host: Host, path: str, today: date) -> None:
    """Give SECRET_KEY a new value; the old one stays as SECRET_KEY_PREVIOUS.

    Raises:
        ConfigurationError: there is no file, or no key in it.
        PreflightError: the folder cannot be written.
    """
    _write(host, path, keys.rotate(load(host, path), today))


def load(host: Host, path: str) -> str:
    """Return the text of a `.env`.

    Raises:
        ConfigurationError: there is none, or it is no text.
    """
    try:
        return host.read(path).decode()
    except FileNotFoundError as error:
        raise ConfigurationError(f"There is no {path}.", next_command=f"langagent env init --file {path}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path} is not UTF-8 text.", next_command=f"edit {path}") from error


def exists(host: Host, path: str) -> bool:
    """Say whether there is a file of this name."""
    return host.run(["test", "-e", path], check=False).code == 0


def mode_of(host: Host, path: str) -> int:
    """Return the rights on a file, from what POSIX `ls` says: `stat` differs from system to system."""
    rights = host.run(["ls", "-ld", path]).stdout[1:10]
    return int("".join("0" if right == "-" else "1" for right in rights), 2)


def _write(host: Host, path: str, text: str) -> None:
    try:
        host.write(path, text.encode(), mode=dotenv.PRIVATE)
    except OSError as error:
        raise PreflightError(
            f"{path} cannot be written: {error.strerror}.",
            state="It was not changed.",
            next_command=f"ls -ld '{path.rpartition('/')[0] or '.'}'",
        ) from error
