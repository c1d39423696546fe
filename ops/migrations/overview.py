"""Which migrations a database has, lacks, or has in another form. Changes nothing, takes no lock."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import psycopg

from ops.errors import OpsError
from ops.migrations import ledger
from ops.migrations.files import FOLDER, read_folder

State = Literal["applied", "pending", "edited", "missing"]


@dataclass(frozen=True, slots=True)
class MigrationStatus:
    """One migration; `missing` means that the database has it and this release does not."""

    name: str
    state: State
    applied_at: datetime | None = None


def status(owner_url: str, *, folder: Path = FOLDER) -> list[MigrationStatus]:
    """Every migration known here or there, by number.

    Raises:
        OpsError: the database cannot be reached or read.
    """
    try:
        with psycopg.connect(owner_url) as connection:
            applied = {entry.name: entry for entry in ledger.read(connection)}
    except psycopg.Error as error:
        raise OpsError(
            f"The migrations of the database cannot be read: {str(error).strip()}",
            next_command="check DATABASE_OWNER_URL and that the database runs",
        ) from error
    checksums = {file.name: file.checksum for file in read_folder(folder)}
    return [_compare(name, applied.get(name), checksums.get(name)) for name in sorted(applied.keys() | checksums)]


def _compare(name: str, entry: ledger.Applied | None, checksum: str | None) -> MigrationStatus:
    if entry is None:
        return MigrationStatus(name, "pending")
    if checksum is None:
        return MigrationStatus(name, "missing", entry.at)
    return MigrationStatus(name, "applied" if entry.checksum in (None, checksum) else "edited", entry.at)
