"""pg_dumps that go wrong: a folder with scripts in front of the real programs."""

import os
from pathlib import Path

from ops.backups.client import PROGRAMS


def client(folder: Path, real: Path, script: str) -> Path:
    """Make a folder of client programs whose pg_dump is this script; `$REAL` is the true one."""
    folder.mkdir()
    for program in PROGRAMS:
        (folder / program).symlink_to(real / program)
    (folder / "pg_dump").unlink()
    (folder / "pg_dump").write_text(
        f"#!/bin/bash\nset -o pipefail\nREAL='{real}/pg_dump'\n"
        f'if [ "$1" = --version ]; then exec "$REAL" "$@"; fi\n{script}\n'
    )
    (folder / "pg_dump").chmod(0o755)
    return folder


def wait_for(fifo: Path) -> None:
    """Return when a script has opened this FIFO for writing."""
    os.close(os.open(fifo, os.O_RDONLY))
