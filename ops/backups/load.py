"""Fill a new, empty database from a dump, and hold it against what is recorded of the dump."""

import os
import re
import signal
import subprocess
from pathlib import Path
from typing import BinaryIO

from ops.backups.manifest import Manifest
from ops.backups.snapshot import snapshot
from ops.backups.source import UNCHANGED
from ops.backups.stores.base import MIB
from ops.backups.target import Target
from ops.embedded.child import launch_argv
from ops.errors import BackupError, PreflightError, VerificationError

JOBS = max(2, min(4, os.cpu_count() or 2))
_OPTIONS = "-c synchronous_commit=off -c maintenance_work_mem=128MB -c statement_timeout=0 -c lock_timeout=0"
_CUSTOM = b"PGDMP"
_COMPLETE = b"-- PostgreSQL database dump complete"
_HEAD = 4096
_FROM = re.compile(r"Dumped from database version:? (\d+)")
_DISK_FULL = "No space left on device"
_WORDS_SHOWN = 2000


class LoadError(BackupError):
    """The server refused a part of a dump."""


def load(target: Target, database: str, dump: BinaryIO, major: int) -> None:
    """Load a dump of either format; the first error ends it.

    Args:
        major: The version of the server.

    Raises:
        PreflightError: the dump is of a newer server than this one.
        VerificationError: it is no dump, or not all of one.
        LoadError: the server refused a part of it.
    """
    dump.seek(0)
    head = dump.read(_HEAD)
    file = f"/dev/fd/{dump.fileno()}"
    if head.startswith(_CUSTOM):
        listed = _run(target, database, [target.at(database).program("pg_restore", major), "--list", file], dump)
        refuse_newer(_major_in(listed), major)
        _run(target, database, restore_argv(target.at(database).program("pg_restore", major), database, file), dump)
    else:
        _require_whole(dump, head)
        refuse_newer(_major_in(head.decode(errors="replace")), major)
        _run(target, database, psql_argv(target.at(database).program("psql", major), file), dump)


def restore_argv(program: str, database: str, file: str) -> list[str]:
    """Return the command that loads a custom-format dump, several tables at once."""
    return [program, "--exit-on-error", "--no-password", f"--jobs={JOBS}", f"--dbname={database}", file]


def psql_argv(program: str, file: str) -> list[str]:
    """Return the command that loads plain SQL, all of it or nothing."""
    options = ["--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--single-transaction"]
    return [program, *options, f"--file={file}"]


def refuse_newer(dumped: int, major: int) -> None:
    """Refuse a dump of a newer PostgreSQL than the server's.

    Raises:
        PreflightError: it is of a newer one.
    """
    if dumped > major:
        raise PreflightError(
            f"The dump is of PostgreSQL {dumped}, the server is PostgreSQL {major}: an older one cannot read it.",
            state=UNCHANGED,
            next_command=f"restore into a server of PostgreSQL {dumped} or newer",
        )


def check(target: Target, database: str, manifest: Manifest) -> None:
    """Count every table and compare with the manifest.

    Raises:
        VerificationError: something is missing or too much.
    """
    with target.connect(database) as connection, snapshot(connection) as moment:
        rows, revision = moment.count_rows(), moment.facts.schema_revision
    wrong = [
        f"{table} has {rows.get(table, 'no')} rows instead of {manifest.rows.get(table, 'none at all')}"
        for table in sorted(rows.keys() | manifest.rows.keys())
        if rows.get(table) != manifest.rows.get(table)
    ]
    if revision != manifest.schema_revision:
        wrong.append(f"the schema is at {revision} instead of {manifest.schema_revision}")
    if wrong:
        raise VerificationError(
            f"What was loaded is not what was backed up: {'; '.join(wrong)}.",
            state=UNCHANGED,
            next_command="langagent backup list (for another backup)",
        )


def analyze(target: Target, database: str) -> None:
    """Give the planner its statistics, which no dump brings."""
    with target.connect(database) as connection:
        connection.execute("analyze")


def _run(target: Target, database: str, argv: list[str], dump: BinaryIO) -> str:
    done = subprocess.run(  # noqa: S603 - an argv list of ours
        launch_argv(argv, death_signal=signal.SIGKILL),
        env={**os.environ, **target.at(database).environment(), "PGOPTIONS": _OPTIONS},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        pass_fds=[dump.fileno()],
        start_new_session=True,
        check=False,
    )
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip()[:_WORDS_SHOWN] or f"exit {done.returncode}"
        if _DISK_FULL in words:
            raise BackupError(
                f"The server has no room for a second database: {words}",
                state=UNCHANGED,
                next_command="make room where PostgreSQL keeps its data, then the same command again",
            )
        raise LoadError(
            f"{Path(argv[0]).name} could not load the dump: {words}",
            state=UNCHANGED,
            next_command="mend what it names, or restore another backup; then the same command again",
        )
    return done.stdout.decode(errors="replace")


def _require_whole(dump: BinaryIO, head: bytes) -> None:
    """Plain SQL has no digest, but a first and a last line; one that changes the database is not for here."""
    dump.seek(max(0, dump.seek(0, os.SEEK_END) - _HEAD))
    if b"-- PostgreSQL database dump" not in head or _COMPLETE not in dump.read():
        raise VerificationError(
            "This is no whole dump: pg_dump's first or last line is missing.",
            state=UNCHANGED,
            next_command="use another file",
        )
    dump.seek(0)
    if any(line.startswith((b"\\connect", b"\\c ")) for line in iter(lambda: dump.readline(MIB), b"")):
        raise PreflightError(
            "This dump goes to a database that it names itself.",
            state=UNCHANGED,
            next_command="dump without --create, by pg_dump, not pg_dumpall",
        )


def _major_in(text: str) -> int:
    found = _FROM.search(text)
    return int(found[1]) if found else 0
