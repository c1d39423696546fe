"""The entry point of the image."""

import os
import subprocess
import sys

import psycopg

import migrations

SAY = (sys.executable, "-c", "import os; print('started', os.environ.get('DATABASE_OWNER_URL'))")


def _start(**variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "ops.docker.start", *SAY],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_becomes_the_command_and_migrates_nothing(empty_database: str) -> None:
    assert _start(DATABASE_OWNER_URL=empty_database).stdout == f"started {empty_database}\n"
    with psycopg.connect(empty_database) as connection:
        assert connection.execute("select to_regclass('public.users')").fetchone() == (None,)


def test_when_asked_to_it_migrates_first_and_keeps_the_owner_to_itself(empty_database: str) -> None:
    assert _start(MIGRATE_ON_START="1", DATABASE_OWNER_URL=empty_database).stdout == "started None\n"
    with psycopg.connect(empty_database) as connection:
        assert connection.execute("select schema_version from schema_state").fetchone() == (
            migrations.latest_version(),
        )


def test_without_an_owner_nothing_starts() -> None:
    done = _start(MIGRATE_ON_START="1", DATABASE_OWNER_URL="")
    assert (done.returncode, done.stdout) == (1, "")
    assert "DATABASE_OWNER_URL is not" in done.stderr


def test_without_a_database_nothing_starts() -> None:
    done = _start(MIGRATE_ON_START="1", DATABASE_OWNER_URL="postgresql://owner@127.0.0.1:9/none")
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot be reached" in done.stderr
