"""Which database a command means when none is named."""

from pathlib import Path

from ops.dev.project import find_project
from ops.dev.state import find_running
from ops.errors import ConfigurationError


def owner_url(named: str | None, state: Path | None = None) -> str:
    """The named database, else the one that `dev up` runs now.

    Raises:
        ConfigurationError: none is named and none runs.
    """
    if named:
        return named
    running = find_running(find_project(state))
    if running is None or not running.owner_url:
        raise ConfigurationError(
            "No database is named and no local one runs.",
            state="Nothing was changed.",
            next_command="langagent dev up, or set DATABASE_OWNER_URL",
        )
    return running.owner_url
