"""The app has rows, the backup reads, nobody else makes anything."""

from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from ops.embedded.postgres import OWNER, SUPERUSER
from ops.migrations import apply, grants
from tests.ops.migrations.conftest import Write

APP = "langagent_app"
BACKUP = "langagent_backup"


@pytest.fixture
def migrated(empty_database: str, folder: Path, write: Write) -> str:
    write("0001.words", "create table words (id bigserial primary key, word text)")
    assert apply(empty_database, folder=folder).notes == []
    return empty_database


def run(owner_url: str, role: str, statement: LiteralString) -> None:
    with psycopg.connect(owner_url.replace(OWNER, role)) as connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        (APP, "insert into words (word) values ('a'); update words set word = 'b'; delete from words"),
        (APP, "select schema_version, schema_floor from schema_state"),
        (BACKUP, "select * from words, schema_state, migration_checksums, _yoyo_migration"),
        (BACKUP, "select last_value from words_id_seq"),
    ],
)
def test_allowed(migrated: str, role: str, statement: LiteralString) -> None:
    run(migrated, role, statement)


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        (APP, "create table mine ()"),
        (APP, "drop table words"),
        (APP, "truncate words"),
        (APP, "update schema_state set schema_version = 0"),
        (APP, "delete from _yoyo_migration"),
        (BACKUP, "insert into words (word) values ('a')"),
        (BACKUP, "create table mine ()"),
    ],
)
def test_forbidden(migrated: str, role: str, statement: LiteralString) -> None:
    with pytest.raises(InsufficientPrivilege):
        run(migrated, role, statement)


def test_later_tables_have_the_rights_at_once(migrated: str) -> None:
    run(migrated, OWNER, "create table later (id bigserial)")
    run(migrated, APP, "insert into later default values")
    run(migrated, BACKUP, "select * from later")


def test_a_role_that_cannot_be_created_is_told_of(migrated: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grants, "BACKUP", "absent_backup")
    with psycopg.connect(migrated, autocommit=True) as connection:
        [note] = grants.put_in_place(connection)
    assert note.startswith("The role absent_backup is missing and this connection may not create it")


def test_a_missing_role_is_created_where_that_is_allowed(migrated: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grants, "BACKUP", "created_backup")
    with psycopg.connect(migrated.replace(OWNER, SUPERUSER), autocommit=True) as connection:
        try:
            assert "without a password" in grants.put_in_place(connection)[0]
            assert grants.put_in_place(connection) == []
            run(migrated, "created_backup", "select * from words")
        finally:
            connection.execute("drop owned by created_backup; drop role created_backup")
