"""Tables of more than one piece, loaded over several connections."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

from ops.backups.catalogue import find
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.restore import loaded
from ops.backups.rows import BUFFER_BYTES
from ops.backups.source import StoredDump
from ops.backups.stores.folder import FolderStore
from ops.backups.target import Target
from ops.errors import BackupError
from tests.ops.backups.restore.seen import databases, ignore, run

# Text that looks like the script around it: ends of tables, statements, comments, backslashes.
LINES: Final = r"E'\\.\n\\.', 'COPY x FROM stdin;', E'-- a comment\n;\n', E'back\\slash\t', 'SET a = 1;', ''"
MANY: Final = f"""
create table many (id int, line text);
insert into many select n, (array[{LINES}])[1 + n % 6] from generate_series(1, 200000) n;
create table long (id int, line text);
insert into long select n, repeat(md5(n::text), {BUFFER_BYTES} / 16) from generate_series(1, 5) n;
create table none (id int);
create table counted (id serial);
insert into counted default values;
select lo_from_bytea(42, 'a large object');
"""
SEEN: Final = (
    "select count(*), sum(hashtext(id || line)) from many",
    "select count(*), sum(hashtext(id || line)) from long",
    "select count(*) from none",
    "select nextval('counted_id_seq')",
    "select convert_from(lo_get(42), 'UTF8')",
)
KILLED: Final = """#!/bin/bash
case "$*" in *--section=data*) '{real}/pg_restore' "$@" 2>/dev/null | head -c 2000000; kill -KILL $$ ;; esac
exec '{real}/pg_restore' "$@"
"""


@pytest.fixture
def many(database: Database) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute(MANY)
        yield connection


def test_rows_that_look_like_the_script_come_back(
    many: psycopg.Connection[Any], database: Database, target: Target, folder: FolderStore
) -> None:
    manifest = create(database, [folder], tell=ignore).manifest
    with loaded(target, StoredDump(find([folder], manifest.id)), target.name, ignore) as new, target.connect(new) as it:
        for query in SEEN:
            assert it.execute(query).fetchone() == many.execute(query).fetchone()


def test_a_late_row_that_is_refused_ends_the_restore(
    many: psycopg.Connection[Any], database: Database, target: Target, folder: FolderStore
) -> None:
    many.execute("create function here() returns bool language sql return current_database() !~ 'restoring'")
    many.execute("alter table many add check (id < 199999 or public.here())")
    manifest = create(database, [folder], tell=ignore).manifest
    with pytest.raises(BackupError, match=r"The server could not load the dump: .*many_id_check"):
        run(target, StoredDump(find([folder], manifest.id)))
    assert databases(target) == [""]


def test_a_killed_program_is_named_and_not_the_row_that_it_left_unfinished(
    many: psycopg.Connection[Any], database: Database, target: Target, folder: FolderStore, tmp_path: Path
) -> None:
    manifest = create(database, [folder], tell=ignore).manifest
    script = tmp_path / "client" / "pg_restore"
    script.parent.mkdir()
    script.write_text(KILLED.format(real=database.client))
    script.chmod(0o755)
    with pytest.raises(BackupError, match=r"pg_restore could not load the dump: it was ended by signal 9"):
        run(replace(target, client=script.parent), StoredDump(find([folder], manifest.id)))
    assert databases(target) == [""]
