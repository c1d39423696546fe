"""The settings with which the Compose file runs PostgreSQL, so that what is measured is what an owner has."""

import re
from pathlib import Path
from typing import Final

import yaml  # type: ignore[import-untyped]

COMPOSE: Final = Path(__file__).parents[2] / "docker-compose.yml"
_VARIABLE: Final = re.compile(r"\$\{\w+:-([^}]*)\}")


def of_compose() -> dict[str, str]:
    """Return the settings of the service `db`, each as it is where no variable says otherwise."""
    words = yaml.safe_load(COMPOSE.read_text())["services"]["db"]["command"]
    settings = [_VARIABLE.sub(r"\1", word) for word in words if "=" in word]
    return dict(setting.split("=", 1) for setting in settings)
