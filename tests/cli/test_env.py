"""`langagent env`: made whole and private, checked in one go, shown without secrets, rotated with an overlap."""

from pathlib import Path

import pytest

from ops.environment import dotenv
from tests.cli.command import documents, run, run_on_terminal


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    path = tmp_path / ".env"
    assert run("env", "init", "--file", str(path)).returncode == 0
    return path


def test_init_makes_a_private_file_with_secrets(env_file: Path) -> None:
    values = dotenv.read(env_file)
    assert env_file.stat().st_mode & 0o777 == 0o600
    assert len(values["SECRET_KEY"]) == 64
    assert values["SECRET_KEY"] != values["TRIAL_HASH_KEY"]


def test_init_never_overwrites(env_file: Path) -> None:
    before = env_file.read_bytes()
    done = run("env", "init", "--file", str(env_file))
    assert done.returncode == 10
    assert env_file.read_bytes() == before


def test_a_filled_file_is_fine(env_file: Path) -> None:
    env_file.write_text(env_file.read_text().replace("change-me", "filled-in"))
    done = run("env", "check", "--file", str(env_file))
    assert (done.returncode, done.stdout.strip()) == (0, f"{env_file} is fine.")


def test_show_hides_every_secret(env_file: Path) -> None:
    with env_file.open("a") as file:
        file.write("LOG_LEVEL=DEBUG\nSOMETHING_NEW=hidden-too\n")
    secrets = set(dotenv.read(env_file).values()) - {"DEBUG"}
    shown = run("env", "show", "--file", str(env_file)).stdout
    assert "LOG_LEVEL=DEBUG" in shown
    assert not [secret for secret in secrets if secret in shown]


def test_rotate_keeps_the_old_key_for_the_overlap(env_file: Path) -> None:
    old = dotenv.read(env_file)
    assert run("env", "rotate", "--file", str(env_file)).returncode == 0
    new = dotenv.read(env_file)
    assert new["SECRET_KEY_PREVIOUS"] == old["SECRET_KEY"] != new["SECRET_KEY"]
    assert new["TRIAL_HASH_KEY"] == old["TRIAL_HASH_KEY"]
    assert env_file.stat().st_mode & 0o777 == 0o600


def test_check_lists_every_problem_at_once(env_file: Path) -> None:
    env_file.write_text("SECRET_KEY=short\nTRIAL_HASH_KEY=" + "ab" * 32 + "\nTELEGRAM_BOT_TOKN=x\nNEW_IN_2030=1\n")
    env_file.chmod(0o644)
    result = documents(run("env", "check", "--json", "--file", str(env_file)).stdout)
    problems = "\n".join(next(document for document in result if document["event"] == "result")["problems"])
    for word in (
        "others may read",
        "SECRET_KEY",
        "TRIAL_HASH_KEY is weak",
        "TELEGRAM_BOT_TOKN",
        "DATABASE_URL is missing",
    ):
        assert word in problems
    warning = next(document for document in result if document["event"] == "warning")
    assert "NEW_IN_2030" in warning["message"]


def test_the_owner_gives_values_and_secrets_come_from_the_environment(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    given = ("--set", "APP_URL=https://tutor.test", "--set", "TELEGRAM_BOT_TOKEN")
    done = run("env", "init", "--file", str(path), *given, env={"TELEGRAM_BOT_TOKEN": "1:token"})
    assert done.returncode == 0
    values = dotenv.read(path)
    assert (values["APP_URL"], values["TELEGRAM_BOT_TOKEN"]) == ("https://tutor.test", "1:token")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("TELEGRAM_BOT_TOKEN=1:token", "is a secret"),
        ("TELEGRAM_BOT_TOKN=x", "is not a setting"),
        ("BOT_USERNAME", "not set in the environment"),
    ],
)
def test_values_that_are_refused_write_nothing(tmp_path: Path, given: str, said: str) -> None:
    done = run("env", "init", "--file", str(tmp_path / ".env"), "--set", given)
    assert done.returncode == 2
    assert said in done.stderr
    assert not list(tmp_path.iterdir())


def test_on_a_terminal_it_asks_for_what_it_cannot_make(tmp_path: Path) -> None:
    arguments = ("env", "init", "--file", str(tmp_path / ".env"))
    code, shown = run_on_terminal(*arguments, answer="1:secret-token\n", after="Enter: later")
    assert code == 0
    assert "TELEGRAM_BOT_TOKEN" in shown
    assert "secret-token" not in shown
    assert dotenv.read(tmp_path / ".env")["TELEGRAM_BOT_TOKEN"] == "1:secret-token"
