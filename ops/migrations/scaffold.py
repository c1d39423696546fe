"""Start a migration: two files with the next number."""

import re
from pathlib import Path

from ops.errors import ConfigurationError
from ops.migrations.files import FOLDER, read_folder, rollback_path

_UP = """-- {title}: why this change is made, in one line.
-- Additive first, removal one release later: a removal says `contract: floor {number:04}` in a line of this header.
"""
_DOWN = "-- Takes {name} back.\n"


def new(title: str, *, folder: Path = FOLDER) -> tuple[Path, Path]:
    """Create the files for `title` ("add card notes" becomes NNNN.add_card_notes.sql) and return their paths.

    Raises:
        ConfigurationError: the title has no letters or digits to make a name of.
    """
    slug = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")
    if not slug:
        raise ConfigurationError(
            f"{title!r} gives no file name.",
            state="No file was made.",
            next_command='langagent migrate new "add notes"',
        )
    number = max((file.number for file in read_folder(folder)), default=0) + 1
    path = folder / f"{number:04}.{slug}.sql"
    path.write_text(_UP.format(title=title, number=number), encoding="utf-8")
    rollback_path(path).write_text(_DOWN.format(name=path.name), encoding="utf-8")
    return path, rollback_path(path)
