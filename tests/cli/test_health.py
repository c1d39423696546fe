"""`langagent health`: one document, and a code that says what is wrong."""

from pathlib import Path

import pyrage  # type: ignore[import-untyped]
import pytest
from psycopg.conninfo import conninfo_to_dict

from ops.embedded.postgres import SUPERUSER, EmbeddedPostgres
from tests.cli.command import documents, run
from tests.ops.health.test_ask import server

WELL = {"/health/ready": (200, "{}"), "/health": (200, '{"status": "healthy"}')}
SICK = {"/health/ready": (503, "{}"), "/health": (503, '{"status": "unhealthy"}')}


@pytest.fixture
def env(empty_database: str, tmp_path: Path) -> dict[str, str]:
    return {
        "LANGAGENT_ENV_FILE": str(tmp_path / "no.env"),
        "BACKUP_DATABASE_URL": empty_database,
        "BACKUP_FOLDER": str(tmp_path / "backups"),
    }


@pytest.fixture
def postgres_url(postgres: EmbeddedPostgres, empty_database: str) -> str:
    """The same database, as a role that may make others."""
    return postgres.url(SUPERUSER, str(conninfo_to_dict(empty_database)["dbname"]))


def test_stale_has_its_code_and_the_next_command(env: dict[str, str]) -> None:
    with server(WELL) as url:
        done = run("health", "--url", url, env=env)
    assert done.returncode == 17
    assert "no good backup of this database" in done.stderr
    assert "Next:  langagent backup" in done.stderr


def test_all_well_is_one_document_with_the_ages(env: dict[str, str], postgres_url: str) -> None:
    assert run("backup", env=env).returncode == 0
    assert run("backup", "drill", env={**env, "RESTORE_DATABASE_URL": postgres_url}).returncode == 0
    with server(WELL) as url:
        done = run("health", "--url", url, "--json", env=env)
    assert done.returncode == 0, done.stderr
    (document,) = documents(done.stdout)
    assert document["ready"] is True
    assert document["backups"][0]["age_seconds"] < 60
    assert document["drill"]["problem"] == ""


def test_a_server_that_cannot_read_its_backups_shows_the_drill_of_another_machine(
    env: dict[str, str], tmp_path: Path
) -> None:
    key = pyrage.x25519.Identity.generate()
    (tmp_path / "identity").write_text(str(key))
    (tmp_path / "identity").chmod(0o600)
    assert run("backup", env={**env, "BACKUP_RECIPIENT": str(key.to_public())}).returncode == 0
    with EmbeddedPostgres(tmp_path / "owner", source="wheel", durable=False) as elsewhere:
        owner = {"RESTORE_DATABASE_URL": elsewhere.url(SUPERUSER), "BACKUP_IDENTITY_FILE": str(tmp_path / "identity")}
        drilled = run("backup", "drill", env={**env, **owner, "BACKUP_DATABASE_URL": ""})
    assert drilled.returncode == 0, drilled.stderr
    with server(WELL) as url:
        done = run("health", "--url", url, "--json", env=env)
    assert done.returncode == 0, done.stderr
    assert documents(done.stdout)[0]["drill"]["age_seconds"] < 60


def test_a_sick_server_comes_first(env: dict[str, str]) -> None:
    with server(SICK) as url:
        done = run("health", "--url", url, "--json", env=env)
    assert done.returncode == 1
    assert documents(done.stdout)[0]["backups"]
