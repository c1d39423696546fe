"""Fill a new, empty database from a dump, and hold it against what is recorded of the dump."""

import os
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from io import BufferedReader
from typing import BinaryIO

from ops.backups.feed import streamed
from ops.backups.manifest import Manifest
from ops.backups.program import refusals_explained, run, writing
from ops.backups.rows import BUFFER_BYTES, load_rows
from ops.backups.snapshot import snapshot
from ops.backups.source import UNCHANGED
from ops.backups.stores.base import MIB
from ops.backups.target import Target
from ops.errors import PreflightError, VerificationError

JOBS = max(2, min(4, os.cpu_count() or 2))
_CUSTOM, _ZSTD = b"PGDMP", b"\x28\xb5\x2f\xfd"
_COMPLETE = b"-- PostgreSQL database dump complete"
_HEAD = 4096
_LARGEST_FIRST = """
    select format('%I.%I', schemaname, relname) from pg_stat_user_tables order by pg_relation_size(relid) desc
"""
_FROM = re.compile(r"Dumped from database version:? (\d+)")


def load(target: Target, database: str, dump: BinaryIO, major: int) -> None:
    """Load a dump of either format, one in the custom format compressed by zstd or not; the first error ends it.

    Args:
        major: The version of the server.

    Raises:
        PreflightError: the dump is of a newer server than this one.
        VerificationError: it is no dump, or not all of one.
        LoadError: the server refused a part of it.
    """
    dump.seek(0)
    head = dump.read(_HEAD)
    dump.seek(0)
    if head.startswith(_ZSTD):
        with tempfile.TemporaryFile(buffering=0) as contents:
            script = streamed(script_argv(_pg_restore(target, major)), dump, contents)
            _load_archive(target, database, contents, script, major)
    elif head.startswith(_CUSTOM):
        script = writing(script_argv(_pg_restore(target, major), _name(dump)), dump, BUFFER_BYTES, by_name=True)
        _load_archive(target, database, dump, script, major)
    else:
        _require_whole(dump, head)
        refuse_newer(_major_in(head.decode(errors="replace")), major)
        run(target, database, psql_argv(target.at(database).program("psql", major), _name(dump)), dump)


def restore_argv(program: str, database: str, file: str, section: str) -> list[str]:
    """Return the command that loads a section of a custom-format dump, several objects at once.

    There is a job more than cores: some job always waits for the disk.
    """
    options = ["--exit-on-error", "--no-password", f"--jobs={JOBS + 1}", f"--section={section}"]
    return [program, *options, f"--dbname={database}", file]


def script_argv(program: str, *file: str) -> list[str]:
    """Return the command that writes the rows of a custom-format dump as a script."""
    return [program, "--section=data", "--file=-", *file]


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
        tables = [name for (name,) in connection.execute(_LARGEST_FIRST)]
    shares = [", ".join(tables[job::JOBS]) for job in range(min(JOBS, len(tables)))]
    with ThreadPoolExecutor(JOBS, thread_name_prefix="analyze") as pool:
        for done in [pool.submit(_analyze, target, database, share) for share in shares]:
            done.result()


def _analyze(target: Target, database: str, tables: str) -> None:
    with target.connect(database) as connection:
        connection.execute(f"analyze {tables}".encode())


def _load_archive(
    target: Target, database: str, contents: BinaryIO, rows: AbstractContextManager[BufferedReader], major: int
) -> None:
    """Load what a table of contents lists: the schema, the rows from their script, indexes and constraints."""
    program, file = _pg_restore(target, major), _name(contents)
    with rows as script:
        refuse_newer(_major_in(run(target, database, [program, "--list", file], contents)), major)
        run(target, database, restore_argv(program, database, file, "pre-data"), contents)
        with ExitStack() as stack:
            connections = [stack.enter_context(target.connect(database)) for _ in range(JOBS)]
            stack.enter_context(refusals_explained())
            load_rows(script, connections)
    run(target, database, restore_argv(program, database, file, "post-data"), contents)


def _pg_restore(target: Target, major: int) -> str:
    return target.at(target.name).program("pg_restore", major)


def _name(file: BinaryIO) -> str:
    return f"/dev/fd/{file.fileno()}"


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
