"""`langagent backup` as the owner types it, on the database of a checkout, with nothing configured."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ops.backups.manifest import DatabaseIdentity
from ops.backups.stores.folder import FolderStore
from ops.dev.infra import embedded_postgres
from ops.dev.project import find_project
from tests.cli.command import documents, run, run_on_terminal
from tests.ops.backups.faults import misbehaving, status
from tests.ops.backups.made import NOW, backup_in


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A checkout whose embedded database exists and rests."""
    state = tmp_path_factory.mktemp("state")
    project = find_project(state)
    project.prepare()
    with embedded_postgres(project):
        pass
    return {"LANGAGENT_STATE": str(state), "LANGAGENT_ENV_FILE": "/nowhere/.env"}


def test_from_nothing_to_a_pulled_copy(env: dict[str, str], tmp_path: Path) -> None:
    made = run("backup", env=env)
    assert made.returncode == 0, made.stderr
    backup_id = made.stdout.partition(":")[0]
    assert env["LANGAGENT_STATE"] in made.stdout
    assert backup_id in run("backup", "list", env=env).stdout
    assert "every byte as written" in run("backup", "verify", env=env).stdout
    assert f"keep     {backup_id}" in run("backup", "prune", env=env).stdout
    assert run("backup", "doctor", env=env).returncode == 0
    pulled = run("backup", "pull", backup_id, "--to", str(tmp_path), env=env)
    assert str(tmp_path / "database" / f"{backup_id}.dump.zst") in pulled.stdout
    assert "every byte" in run("backup", "verify", env={**env, "BACKUP_FOLDER": str(tmp_path)}).stdout


def test_latest_is_of_the_database_that_answers_else_of_any(env: dict[str, str], tmp_path: Path) -> None:
    shared = {**env, "BACKUP_FOLDER": str(tmp_path / "shared")}
    own = run("backup", env=shared).stdout.partition(":")[0]
    other = backup_in(FolderStore(tmp_path / "shared"), at=datetime.now(UTC) + timedelta(days=1))
    for command in (("verify",), ("pull", "--to", str(tmp_path / "here"))):
        assert own in run("backup", *command, env=shared).stdout
        lost = run("backup", *command, env={**shared, "BACKUP_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"})
        assert (lost.returncode, other.id in lost.stdout, other.database.label in lost.stderr) == (0, True, True)


def test_the_list_tells_databases_of_the_same_name_apart(env: dict[str, str], tmp_path: Path) -> None:
    shared = {**env, "BACKUP_FOLDER": str(tmp_path)}
    first, second = (
        backup_in(FolderStore(tmp_path), at=NOW + timedelta(days=day), database=DatabaseIdentity("langagent", system))
        for day, system in enumerate(("4711", "4712"))
    )
    shown = run("backup", "list", env=shared).stdout
    assert first.database.label in shown
    assert second.database.label in shown


def test_the_list_of_erased_accounts_is_kept_beside_the_backups(env: dict[str, str]) -> None:
    done = run("backup", "erasures", "--json", env=env)
    assert documents(done.stdout)[0]["erased"] == 0


def test_a_document_for_programs(env: dict[str, str]) -> None:
    *progress, result = documents(run("backup", "--json", env=env).stdout)
    assert {document["event"] for document in progress} <= {"progress"}
    assert (result["event"], result["schema_version"], result["database"]["name"]) == ("result", 1, "langagent")
    assert len(result["sha256"]) == 64


def test_damage_is_found_and_told_by_exit_code(env: dict[str, str]) -> None:
    backup_id = run("backup", "create", env=env).stdout.partition(":")[0]
    file = Path(env["LANGAGENT_STATE"]) / "backups/database" / f"{backup_id}.dump.zst"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    done = run("backup", "verify", backup_id, env=env)
    assert done.returncode == 16
    assert "damaged" in done.stdout
    file.write_bytes(data[:-1])
    assert "instead of" in run("backup", "list", env=env).stdout


def test_a_retry_fills_only_the_stores_that_lack_a_backup(env: dict[str, str], tmp_path: Path) -> None:
    with misbehaving("") as faults:
        faults.on(status(403, "AccessDenied"), lambda method, path: True)
        keys = {"BACKUP_S3_ACCESS_KEY": "key", "BACKUP_S3_SECRET_KEY": "key"}
        places = {"BACKUP_FOLDER": str(tmp_path), "BACKUP_S3_BUCKET": "away", "BACKUP_S3_ENDPOINT": faults.url}
        both = {**env, **places, **keys}
        codes = [run("backup", "create", *since, env=both).returncode for since in ([], ["--since", "2026-01-01"])]
    assert codes == [15, 15]
    assert len(list(tmp_path.glob("database/*.json"))) == 1
    alone = {**env, "BACKUP_FOLDER": str(tmp_path)}
    enough = run("backup", "create", "--since", "2026-01-01", env=alone)
    assert (enough.returncode, enough.stdout) == (0, "Every store has a backup made since 2026-01-01.\n")
    assert run("backup", "create", "--since", "2999-01-01", env=alone).returncode == 0
    assert len(list(tmp_path.glob("database/*.json"))) == 2
    assert run("backup", "create", "--since", "yesterday", env=alone).returncode == 2


def test_failures_have_the_code_of_backups(env: dict[str, str]) -> None:
    done = run("backup", env={**env, "BACKUP_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"})
    assert done.returncode == 15
    assert "earlier backups are untouched" in done.stderr
    unknown = run("backup", "verify", "backup_20200101_000000", env=env)
    assert unknown.returncode == 2
    assert "Next:  langagent backup list" in unknown.stderr


def test_a_bare_group_with_options_is_its_default_command(env: dict[str, str]) -> None:
    assert "Usage: langagent backup [OPTIONS] COMMAND" in run("backup", "--help", env=env).stdout
    assert run("backup", "--nonsense", env=env).returncode == 2


def test_one_bar_on_a_terminal(env: dict[str, str]) -> None:
    code, shown = run_on_terminal("backup", answer="", env=env)
    assert code == 0
    *drawn, last = shown.split("\r\x1b[K")
    assert last == ""
    assert "\n" not in "".join(drawn)
