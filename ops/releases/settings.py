"""The settings that go with a release: none of them secret, all of them taken back by a rollback."""

from pathlib import Path

from langagent.settings import SETTINGS
from ops.environment import dotenv
from ops.errors import ConfigurationError

_SECRET = {setting.name for setting in SETTINGS if setting.secret}


def read(path: Path) -> str:
    """Return the text of the file; empty when there is none.

    Raises:
        ConfigurationError: it cannot be parsed, or has a secret, which belongs into the server's `.env` only.
    """
    values = dotenv.read(path)
    planted = sorted(_SECRET & values.keys())
    if planted:
        raise ConfigurationError(
            f"{path} has secrets: {', '.join(planted)}.",
            state="Nothing was changed.",
            next_command="put them into the .env on the server, and give the leaked ones new values",
        )
    return "".join(f"{name}={value}\n" for name, value in values.items())
