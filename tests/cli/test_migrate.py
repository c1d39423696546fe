"""`langagent migrate`: up, down with a question, status, new; told to people and to programs."""

import pytest

from ops.migrations.files import read_folder
from tests.cli.command import documents, run, run_on_terminal

NAMES = [file.name for file in read_folder()]


@pytest.fixture
def env(empty_database: str) -> dict[str, str]:
    return {"DATABASE_OWNER_URL": empty_database, "DATABASE_URL": "postgresql://nobody@/none"}


def states(env: dict[str, str]) -> list[str]:
    [result] = documents(run("migrate", "status", "--json", env=env).stdout)
    assert [entry["name"] for entry in result["migrations"]] == NAMES
    return [entry["state"] for entry in result["migrations"]]


def test_up_then_status_then_down(env: dict[str, str]) -> None:
    assert states(env) == ["pending"] * len(NAMES)
    *progress, result = documents(run("migrate", "up", "--json", env=env).stdout)
    assert [event["name"] for event in progress] == NAMES == result["applied"]
    assert states(env) == ["applied"] * len(NAMES)
    assert run("migrate", "up", env=env).stdout == "Nothing was pending.\n"
    down = run("migrate", "down", "--yes", env=env)
    assert (down.returncode, down.stdout, down.stderr) == (0, "Took back 1.\n", f"Taking back {NAMES[-1]}\n")
    assert states(env) == ["applied"] * (len(NAMES) - 1) + ["pending"]


def test_down_asks_first_and_takes_a_no(env: dict[str, str]) -> None:
    run("migrate", "up", "--to", "2", env=env)
    nobody = run("migrate", "down", env=env)
    assert nobody.returncode == 2
    assert f"Take back {NAMES[1]}, with the data in it? Nobody can be asked here" in nobody.stderr
    code, shown = run_on_terminal("migrate", "down", "--to", "0", answer="n\n", env=env)
    assert code == 2
    assert f"Take back {NAMES[1]}, {NAMES[0]}" in shown
    assert states(env)[:2] == ["applied", "applied"]


def test_a_connection_without_the_rights_is_told_whose_it_needs(env: dict[str, str]) -> None:
    app = {**env, "DATABASE_OWNER_URL": env["DATABASE_OWNER_URL"].replace("langagent_owner", "langagent_app")}
    refused = run("migrate", "up", env=app)
    assert refused.returncode == 10
    assert "Next:  set DATABASE_OWNER_URL" in refused.stderr


def test_without_a_database_the_next_step_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    nowhere = {"DATABASE_OWNER_URL": "", "DATABASE_URL": "", "LANGAGENT_STATE": str(tmp_path_factory.mktemp("state"))}
    refused = run("migrate", "up", env=nowhere)
    assert refused.returncode == 2
    assert "langagent dev up, or set DATABASE_OWNER_URL" in refused.stderr


def test_new_refuses_a_title_without_a_name_in_it() -> None:
    refused = run("migrate", "new", "!?")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "gives no file name" in refused.stderr
