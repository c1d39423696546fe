"""`langagent restore`: asks before it replaces, and says what it did to people and to programs."""

import os
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest

from ops.backups.stores.folder import FolderStore
from ops.embedded.postgres import OWNER, SUPERUSER, EmbeddedPostgres
from tests.cli.command import PROGRAM, documents, run, run_on_terminal
from tests.ops.backups.clients import client, wait_for
from tests.ops.backups.faults import misbehaving, status
from tests.ops.backups.made import OURS, backup_in


@pytest.fixture
def env(postgres: EmbeddedPostgres, empty_database: str, tmp_path: Path) -> dict[str, str]:
    """A database with one row, backed up, and without it since."""
    name = empty_database.partition("@/")[2].partition("?")[0]
    env = {
        "LANGAGENT_ENV_FILE": str(tmp_path / "no.env"),
        "BACKUP_FOLDER": str(tmp_path / "backups"),
        "BACKUP_DATABASE_URL": postgres.url(OWNER, name),
        "RESTORE_DATABASE_URL": postgres.url(SUPERUSER, name),
    }
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute("create table marks as select 1 as mark")
        assert run("backup", env=env).returncode == 0
        connection.execute("delete from marks")
    return env


def marks(env: dict[str, str]) -> int:
    with psycopg.connect(env["RESTORE_DATABASE_URL"]) as connection:
        return len(connection.execute("select * from marks").fetchall())


def test_it_restores_the_latest_and_tells_programs_what_it_did(env: dict[str, str]) -> None:
    *told, result = documents(run("restore", "latest", "--yes", "--json", env=env).stdout)
    assert [document["event"] for document in told if document["event"] != "progress"] == [
        "read",
        "load",
        "check",
        "swap",
    ]
    assert result["kept"].startswith(f"{result['database']}_before_")
    assert (result["erased_again"], result["closed_messages"]) == (0, 0)
    assert marks(env) == 1


def test_it_asks_first_and_takes_a_no(env: dict[str, str]) -> None:
    nobody = run("restore", "latest", env=env)
    assert nobody.returncode == 2
    assert "Nobody can be asked here" in nobody.stderr
    code, shown = run_on_terminal("restore", "latest", answer="n\n", env=env)
    assert code == 2
    assert "Replace the database" in shown
    assert marks(env) == 0


@pytest.mark.parametrize(("answer", "code", "rows"), [("y\n", 2, 0), ("production\n", 0, 1)])
def test_over_production_its_name_is_asked_for(env: dict[str, str], answer: str, code: int, rows: int) -> None:
    told, shown = run_on_terminal("restore", "latest", answer=answer, env={**env, "ENVIRONMENT": "production"})
    assert (told, marks(env)) == (code, rows)
    assert "Type production to go on" in shown


def test_a_copy_needs_no_question(env: dict[str, str]) -> None:
    done = run("restore", "latest", "--to", "copy_beside", env=env)
    assert (done.returncode, done.stdout.split()[0]) == (0, "copy_beside")
    assert marks(env) == 0
    with psycopg.connect(env["RESTORE_DATABASE_URL"], autocommit=True) as connection:
        connection.execute("drop database copy_beside")


def test_a_bucket_that_does_not_answer_leaves_the_copies_of_the_folder(env: dict[str, str]) -> None:
    with misbehaving("") as faults:
        faults.on(status(403, "AccessDenied"), lambda method, path: True)
        keys = {"BACKUP_S3_ACCESS_KEY": "key", "BACKUP_S3_SECRET_KEY": "key"}
        both = {**env, "BACKUP_S3_BUCKET": "away", "BACKUP_S3_ENDPOINT": faults.url, **keys}
        listed = run("backup", "list", env=both)
        pruned = run("backup", "prune", env=both)
        done = run("restore", "latest", "--yes", env=both)
    assert (listed.returncode, pruned.returncode, done.returncode) == (0, 15, 0)
    assert "s3://away answered AccessDenied" in listed.stderr
    assert "  good" in listed.stdout
    assert "the newest" in pruned.stdout
    assert "Left out, because it does not answer: s3://away." in pruned.stderr
    assert "s3://away answered AccessDenied" in done.stderr
    assert marks(env) == 1


def test_an_unknown_backup_is_named_with_the_next_step(env: dict[str, str]) -> None:
    refused = run("restore", "backup_20200101_000000", "--yes", env=env)
    assert refused.returncode == 2
    assert "There is no backup backup_20200101_000000" in refused.stderr
    assert "Next:  langagent backup list" in refused.stderr


def test_without_a_database_the_next_step_is_named(tmp_path: Path) -> None:
    nowhere = {"BACKUP_FOLDER": str(tmp_path), "RESTORE_DATABASE_URL": "", "LANGAGENT_STATE": str(tmp_path / "state")}
    refused = run("restore", "latest", env={**nowhere, "LANGAGENT_ENV_FILE": str(tmp_path / "no.env")})
    assert refused.returncode == 2
    assert "set RESTORE_DATABASE_URL" in refused.stderr


def test_a_drill_touches_nothing_and_tells_the_time(env: dict[str, str]) -> None:
    *_, result = documents(run("backup", "drill", "--json", env=env).stdout)
    assert result["problem"] == ""
    assert 0 < result["seconds"] < 60
    assert len(list(Path(env["BACKUP_FOLDER"]).glob("drills/*.json"))) == 1
    assert marks(env) == 0


def databases(env: dict[str, str]) -> list[str]:
    with psycopg.connect(env["RESTORE_DATABASE_URL"]) as connection:
        return [name for (name,) in connection.execute("select datname from pg_database").fetchall()]


def test_the_list_may_be_of_this_database_only(env: dict[str, str]) -> None:
    backup_in(FolderStore(Path(env["BACKUP_FOLDER"])))
    listed = [documents(run("backup", "list", *own, "--json", env=env).stdout)[0] for own in ([], ["--own"])]
    assert [len(result["backups"]) for result in listed] == [2, 1]
    assert listed[1]["backups"][0]["database"]["name"] != OURS.name


def test_what_a_restore_replaced_is_pruned_after_a_week(env: dict[str, str]) -> None:
    *_, result = documents(run("restore", "latest", "--yes", "--json", env=env).stdout)
    young, old = result["kept"], f"{result['database']}_before_20260301_020000"
    with psycopg.connect(env["RESTORE_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f'create database "{old}"')
    assert f"delete   database {old}  replaced by a restore" in run("backup", "prune", env=env).stdout
    assert old in databases(env)
    *_, pruned = documents(run("backup", "prune", "--yes", "--json", env=env).stdout)
    assert {kept["name"]: kept["fate"] for kept in pruned["databases"]} == {young: "keep", old: "deleted"}
    assert old not in databases(env)
    assert young in databases(env)


LOADING = """#!/bin/bash
case "$*" in *--list*) exec '{real}/pg_restore' "$@" ;; esac
echo > '{fifo}'
exec sleep 60
"""


def test_an_interruption_says_that_nothing_was_changed(
    env: dict[str, str], postgres: EmbeddedPostgres, tmp_path: Path
) -> None:
    fifo, real = tmp_path / "loading", postgres.binaries.folder
    os.mkfifo(fifo)
    slow = client(tmp_path / "client", real, 'exec "$REAL" "$@"')
    (slow / "pg_restore").unlink()
    (slow / "pg_restore").write_text(LOADING.format(real=real, fifo=fifo))
    (slow / "pg_restore").chmod(0o755)
    given = {**os.environ, **env, "PATH": f"{slow}:{os.environ['PATH']}"}
    with subprocess.Popen(
        [PROGRAM, "restore", "latest", "--yes"], env=given, stderr=subprocess.PIPE, text=True
    ) as process:
        wait_for(fifo)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert told.splitlines()[-1] == "Interrupted: no database was changed; the same command begins anew."
    assert marks(env) == 0
    assert not [name for name in databases(env) if name.endswith("_restoring")]
