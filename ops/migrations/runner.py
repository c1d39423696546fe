"""Apply and roll back migrations: one file, one transaction, one lock for the whole run."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg.errors import LockNotAvailable

from ops.errors import MigrationError, PreflightError
from ops.migrations import grants, ledger
from ops.migrations.files import FOLDER, MigrationFile, read_folder
from ops.migrations.session import Direction, Session, load, open_session

WAIT_SECONDS = 60.0
LOCK_PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds between tries for a table's lock

Progress = Callable[[str], None]
Approve = Callable[[list[str]], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Names of the files that were taken up or down, in that order, and what a person should know."""

    names: list[str]
    notes: list[str] = field(default_factory=list)


def apply(
    owner_url: str,
    *,
    to: int | None = None,
    folder: Path = FOLDER,
    wait: float = WAIT_SECONDS,
    progress: Progress = lambda _: None,
) -> Outcome:
    """Apply what is pending, up to number `to`; then put roles and rights in place.

    Waits up to `wait` seconds for another run to end. `progress` gets each file's name before it is applied.

    Raises:
        PreflightError, VerificationError: files or history are not fit; nothing was applied.
        LockedError: another run did not end in time.
        MigrationError: a file failed; the ones before it stay applied.
    """
    files = read_folder(folder)
    with open_session(owner_url, wait=wait) as session:
        applied = _verified(session, files)
        pending = [file for file in files if file not in applied and (to is None or file.number <= to)]
        for file in pending:
            _check_single_statement(file)
        for file in pending:
            progress(file.name)
            applied.append(file)
            _run(session, file, "apply", applied)
        return Outcome([file.name for file in pending], _put_rights_in_place(session))


def rollback(
    owner_url: str,
    *,
    to: int | None = None,
    folder: Path = FOLDER,
    wait: float = WAIT_SECONDS,
    approve: Approve = lambda _: None,
    progress: Progress = lambda _: None,
) -> Outcome:
    """Take back the last migration, or all above number `to` (0: everything).

    `approve` gets the names of what would be taken back, in that order, and raises to leave all as it is.
    Otherwise raises as `apply` does.
    """
    files = read_folder(folder)
    with open_session(owner_url, wait=wait) as session:
        applied = _verified(session, files)
        doomed = applied[-1:] if to is None else [file for file in applied if file.number > to]
        names = [file.name for file in reversed(doomed)]
        if names:
            approve(names)
        for file in reversed(doomed):
            progress(file.name)
            applied.remove(file)
            _run(session, file, "rollback", applied)
        return Outcome(names)


def _put_rights_in_place(session: Session) -> list[str]:
    try:
        return grants.put_in_place(session.connection)
    except psycopg.Error as error:
        raise MigrationError(
            f"The rights of the roles could not be set: {str(error).strip()}",
            state="The migrations are applied; the rights are as they were.",
            next_command="langagent migrate up, with the URL of the tables' owner in DATABASE_OWNER_URL",
        ) from error


def _verified(session: Session, files: list[MigrationFile]) -> list[MigrationFile]:
    """The applied files, after their history was checked."""
    entries = ledger.read(session.connection)
    ledger.verify(entries, files)
    names = {entry.name for entry in entries}
    return [file for file in files if file.name in names]


def _check_single_statement(file: MigrationFile) -> None:
    if not file.header.transactional and len(load(file).steps) != 1:
        raise PreflightError(
            f"{file.path.name} runs outside a transaction and may hold one statement only, up and down.",
            state="No migration was applied.",
            next_command="split it into several migrations",
        )


def _run(session: Session, file: MigrationFile, direction: Direction, after: list[MigrationFile]) -> None:
    for pause in (*LOCK_PAUSES, None):
        try:
            session.run(file, direction, after)
        except LockNotAvailable as error:
            if pause is None:
                raise _failure(session, file, direction, error) from error
            time.sleep(pause)
        except psycopg.Error as error:
            raise _failure(session, file, direction, error) from error
        else:
            return


def _failure(session: Session, file: MigrationFile, direction: Direction, error: psycopg.Error) -> MigrationError:
    return MigrationError(
        f"Migration {file.name} failed to {direction}: {str(error).strip()}",
        state=_state_after(session, file),
        next_command=_next_command(session, file, direction, error),
    )


def _state_after(session: Session, file: MigrationFile) -> str:
    if session.connection.closed:
        return "The connection was lost; the database either took the whole file or nothing of it."
    if file.header.transactional:
        return "Nothing of this file took effect; the files before it are done."
    return "It ran outside a transaction; the files before it are done."


def _next_command(session: Session, file: MigrationFile, direction: Direction, error: psycopg.Error) -> str:
    again = f"langagent migrate {'up' if direction == 'apply' else 'down'}"
    if session.connection.closed:
        return "langagent migrate status"
    if isinstance(error, LockNotAvailable):
        return f"end the long transaction that holds the table (see pg_stat_activity), then {again}"
    if not file.header.transactional and (broken := session.invalid_indexes()):
        return f"DROP INDEX CONCURRENTLY {', '.join(broken)}; then correct the cause and {again}"
    return f"correct {file.path.name}, then {again}"
