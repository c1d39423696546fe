"""What every command promises: streams, exit codes, JSON, colours, questions."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import documents, run, run_on_terminal

HEAVY = ("rich", "psycopg", "redis", "yoyo", "starlette", "langagent", "ops.embedded", "ops.dev.up")


def test_help_shows_the_groups_that_exist() -> None:
    done = run("--help")
    assert done.returncode == 0
    for name in ("dev", "env", "deploy", "rollback", "backup", "health", "worker"):
        assert f"  {name} " in done.stdout
    assert "admin" not in done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["dev", "--help"], ["dev", "up", "--help"], ["worker", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys, atexit\n"
        f"sys.argv = ['langagent', *{arguments!r}]\n"
        "from cli.main import main\n"
        "try: main()\n"
        f"finally: print('IMPORTED', [name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "IMPORTED []" in done.stderr


def test_version() -> None:
    assert run("--version").stdout.strip()


def test_unknown_command_is_a_usage_error_with_a_suggestion() -> None:
    done = run("dve")
    assert done.returncode == 2
    assert "Did you mean 'dev'" in done.stderr
    assert done.stdout == ""


def test_result_on_stdout_error_on_stderr(tmp_path: Path) -> None:
    done = run("env", "show", "--file", str(tmp_path / ".env"))
    assert done.returncode == 2
    assert done.stdout == ""
    assert "There is no" in done.stderr
    assert "Next:  langagent env init" in done.stderr
    assert "Traceback" not in done.stderr


def test_json_is_one_document_per_line_with_a_schema_version(tmp_path: Path) -> None:
    run("env", "init", "--file", ".env", cwd=tmp_path)
    done = run("env", "check", "--json", cwd=tmp_path)
    result, error = documents(done.stdout)
    assert (result["schema_version"], result["event"]) == (1, "result")
    assert (error["event"], error["code"]) == ("error", 2)
    assert done.stderr == ""


def test_every_option_has_a_variable(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.env"
    done = run("env", "init", env={"LANGAGENT_ENV_FILE": str(target), "LANGAGENT_JSON": "1"})
    assert documents(done.stdout)[0]["file"] == str(target)
    assert target.exists()


def test_unexpected_error_keeps_its_traceback_in_a_file(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    done = run("env", "show", cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    log = done.stderr.rpartition("read ")[2].strip()
    assert "Traceback" in Path(log).read_text()
    Path(log).unlink()


def test_verbose_shows_the_traceback(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    done = run("env", "show", "-v", cwd=tmp_path)
    assert "Traceback" in done.stderr


@pytest.mark.parametrize("options", [[], ["--no-input"], ["--json"]])
def test_a_question_nobody_can_answer_is_refused(tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "postgres").mkdir()
    done = run("dev", "reset", "--state", str(tmp_path), *options)
    assert done.returncode == 2
    assert (tmp_path / "postgres").exists()


@pytest.mark.parametrize(("answer", "code", "left"), [("n\n", 2, True), ("y\n", 0, False)])
def test_a_question_on_a_terminal(tmp_path: Path, answer: str, code: int, left: bool) -> None:
    (tmp_path / "postgres").mkdir()
    returned, shown = run_on_terminal("dev", "reset", "--state", str(tmp_path), answer=answer)
    assert "Delete the local databases" in shown
    assert returned == code
    assert (tmp_path / "postgres").exists() is left


@pytest.mark.parametrize(("env", "coloured"), [({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_only_on_a_terminal_that_wants_them(tmp_path: Path, env: dict[str, str], coloured: bool) -> None:
    _, shown = run_on_terminal("env", "show", "--file", str(tmp_path / ".env"), answer="", env=env)
    assert ("\x1b[31m" in shown) is coloured
    assert "\x1b[" not in run("env", "show", "--file", str(tmp_path / ".env")).stderr


def test_completion_knows_groups_and_commands() -> None:
    words = {"_LANGAGENT_COMPLETE": "complete_bash", "COMP_WORDS": "langagent dev do", "COMP_CWORD": "2"}
    assert run(env=words).stdout.split() == ["down", "doctor"]
