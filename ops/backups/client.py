"""pg_dump and its like, of exactly the version that a server has."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ops.embedded.binaries import find_postgres
from ops.errors import PreflightError

PROGRAMS = ("pg_dump", "pg_restore", "psql")


def find_client(major: int) -> Path:
    """Return the folder of the client programs for a server of this major version.

    Raises:
        PreflightError: there are none.
    """
    for folder in _folders():
        if _major(folder) == major:
            return folder
    try:
        return find_postgres(major=major).folder
    except PreflightError as error:
        raise PreflightError(
            f"The server is PostgreSQL {major}; there is no pg_dump of that version here.",
            state="Nothing was backed up.",
            next_command=f"apt-get install postgresql-client-{major}",
        ) from error


def _folders() -> Iterator[Path]:
    if on_path := shutil.which("pg_dump"):
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


@cache
def _major(folder: Path) -> int:
    if not all((folder / program).is_file() for program in PROGRAMS):
        return 0
    told = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    match = re.search(r"\(PostgreSQL\) (\d+)", told.stdout)
    return int(match[1]) if match else 0
