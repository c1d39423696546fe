"""The database schema: yoyo SQL files, applied in order of their numbers and never edited once applied."""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent


def latest_version(folder: Path = FOLDER) -> int:
    """The number of the newest migration file: the schema that this release needs."""
    return max((int(path.name[:4]) for path in folder.glob("[0-9][0-9][0-9][0-9].*.sql")), default=0)
