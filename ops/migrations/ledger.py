"""What a database remembers of its migrations: yoyo's marks, our checksums, the schema's version and floor."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

from ops.errors import PreflightError, VerificationError
from ops.migrations.files import MigrationFile

INTERNAL_TABLES = ("_yoyo_log", "_yoyo_migration", "_yoyo_version", "yoyo_lock", "migration_checksums", "schema_state")

_CREATE = """
create table if not exists migration_checksums (
    migration_id text primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
);
create table if not exists schema_state (
    id boolean primary key default true check (id),
    schema_version int not null,
    schema_floor int not null,
    updated_at timestamptz not null default now()
)
"""
_APPLIED = """
select migration_id, checksum, applied_at
from _yoyo_migration left join migration_checksums using (migration_id)
order by migration_id
"""
_SET_STATE = """
insert into schema_state (schema_version, schema_floor) values (%s, %s)
on conflict (id) do update
set schema_version = excluded.schema_version, schema_floor = excluded.schema_floor, updated_at = now()
where (schema_state.schema_version, schema_state.schema_floor) <> (excluded.schema_version, excluded.schema_floor)
"""

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Applied:
    """A migration that the database has; `checksum` is unknown if yoyo was run by hand."""

    name: str
    checksum: str | None
    at: datetime | None


def create(connection: Connection) -> None:
    connection.execute(_CREATE)


def read(connection: Connection) -> list[Applied]:
    """What is applied, in order; nothing for a database that was never migrated."""
    known = connection.execute("select to_regclass('_yoyo_migration'), to_regclass('migration_checksums')").fetchone()
    if known is None or None in known:
        return []
    return [Applied(*row) for row in connection.execute(_APPLIED)]


def record(connection: Connection, file: MigrationFile) -> None:
    connection.execute(
        "insert into migration_checksums (migration_id, checksum) values (%s, %s)", (file.name, file.checksum)
    )


def forget(connection: Connection, file: MigrationFile) -> None:
    connection.execute("delete from migration_checksums where migration_id = %s", (file.name,))


def set_state(connection: Connection, applied: list[MigrationFile]) -> None:
    """Publish the version and the floor that follow from the applied files."""
    version = max((file.number for file in applied), default=0)
    floor = max((file.header.floor for file in applied), default=0)
    connection.execute(_SET_STATE, (version, floor))


def verify(applied: list[Applied], files: list[MigrationFile]) -> None:
    """Refuse to go on from a history that is not this folder's.

    Raises:
        VerificationError: an applied file was edited.
        PreflightError: an applied file is missing, or a new one is numbered before the last applied.
    """
    by_name = {file.name: file for file in files}
    for entry in applied:
        if entry.name not in by_name:
            raise PreflightError(
                f"The database has migration {entry.name}, which is not here: it is ahead of this release.",
                state="No migration was applied.",
                next_command="install the release that has this migration, or restore its file",
            )
        if entry.checksum not in (None, by_name[entry.name].checksum):
            raise VerificationError(
                f"Migration {entry.name} was edited after it had been applied.",
                state="No migration was applied.",
                next_command=f"git checkout -- '{by_name[entry.name].path}' and put the change into a new migration",
            )
    _refuse_late_numbers(applied, files)


def _refuse_late_numbers(applied: list[Applied], files: list[MigrationFile]) -> None:
    names = {entry.name for entry in applied}
    last = max(names, default="")
    for file in files:
        if file.name < last and file.name not in names:
            raise PreflightError(
                f"Migration {file.name} is new, but {last} is already applied.",
                state="No migration was applied.",
                next_command=f"give {file.name} a number above {last[:4]}",
            )
