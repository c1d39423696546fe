"""The settings of one group, as the environment and a `.env` give them."""

from collections.abc import Mapping
from pathlib import Path

from langagent.settings import Settings, SettingsError
from ops.environment import dotenv
from ops.environment.example import PLACEHOLDER
from ops.errors import ConfigurationError


def read_group(group: str, file: Path, environ: Mapping[str, str]) -> Settings:
    """Read the variables, those of the environment before those of the file; placeholders count as not set.

    Raises:
        ConfigurationError: a setting cannot be used; the message has every problem.
    """
    variables = {**dotenv.read(file), **environ}
    try:
        return Settings.of_group(group, {name: text for name, text in variables.items() if PLACEHOLDER not in text})
    except SettingsError as error:
        raise ConfigurationError(
            f"The settings of group {group} cannot be used: {error}.",
            state="Nothing was done.",
            next_command=f"edit {file}",
        ) from error
