"""`langagent server`: a host key is pinned before anything is sent, and a refusal names the next command."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from paramiko import ECDSAKey

from tests.cli.command import documents, run, run_on_terminal
from tests.ops.hosts.sshd import Sshd, sshd

HOST_KEY, USER_KEY = ECDSAKey.generate(), ECDSAKey.generate()


@pytest.fixture
def server() -> Iterator[Sshd]:
    with sshd(HOST_KEY, USER_KEY) as running:
        yield running


@pytest.fixture
def environ(server: Sshd, tmp_path: Path) -> dict[str, str]:
    key = StringIO()
    USER_KEY.write_private_key(key)
    return {
        "SERVER_HOST": f"deploy@127.0.0.1:{server.port}",
        "SSH_PRIVATE_KEY": key.getvalue(),
        "HOME": str(tmp_path),
    }


def test_an_unknown_key_ends_in_12_and_names_trust(environ: dict[str, str], tmp_path: Path) -> None:
    done = run("server", "check", env=environ, cwd=tmp_path)
    assert done.returncode == 12
    assert HOST_KEY.fingerprint in done.stderr
    assert f"langagent server trust --host {environ['SERVER_HOST']}" in done.stderr


def test_trust_with_the_right_fingerprint_pins_and_opens(environ: dict[str, str], tmp_path: Path) -> None:
    pinned = run("server", "trust", "--fingerprint", HOST_KEY.fingerprint, env=environ, cwd=tmp_path)
    assert pinned.returncode == 0
    told = documents(run("server", "check", "--json", env=environ, cwd=tmp_path).stdout)[0]
    assert {finding["name"] for finding in told["findings"]} >= {"Cores", "Docker", "Clock"}


def test_trust_with_another_fingerprint_pins_nothing(environ: dict[str, str], tmp_path: Path) -> None:
    done = run("server", "trust", "--fingerprint", "SHA256:other", env=environ, cwd=tmp_path)
    assert done.returncode == 12
    assert not (tmp_path / ".langagent").exists()


def test_trust_asks_on_a_terminal_only(environ: dict[str, str], tmp_path: Path) -> None:
    assert run("server", "trust", env=environ, cwd=tmp_path).returncode == 2
    code, shown = run_on_terminal("server", "trust", env=environ, answer="n\n", after="[y/N]", cwd=tmp_path)
    assert code == 2
    assert HOST_KEY.fingerprint in shown
    assert not (tmp_path / ".langagent").exists()


def test_the_private_key_is_in_no_output(environ: dict[str, str], tmp_path: Path) -> None:
    done = run("server", "check", "-v", env={**environ, "SSH_PRIVATE_KEY": "planted-secret"}, cwd=tmp_path)
    assert "planted-secret" not in done.stdout + done.stderr


def test_the_env_of_a_server_is_made_checked_and_shown_there(environ: dict[str, str], tmp_path: Path) -> None:
    run("server", "trust", "--yes", env=environ, cwd=tmp_path)
    (tmp_path / "app").mkdir()
    environ = {**environ, "DEPLOY_PATH": str(tmp_path / "app"), "TELEGRAM_BOT_TOKEN": "1:planted-token"}
    given = ("--set", "APP_URL=https://tutor.test", "--set", "BACKEND_IMAGE=tutor", "--set", "TELEGRAM_BOT_TOKEN")
    made = run("env", "init", *given, env=environ, cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "app" / ".env").stat().st_mode & 0o777 == 0o600
    assert run("env", "check", env=environ, cwd=tmp_path).returncode == 0
    shown = run("env", "show", env=environ, cwd=tmp_path)
    assert "APP_URL=https://tutor.test" in shown.stdout
    assert "planted-token" not in shown.stdout + made.stdout + made.stderr
    assert not (tmp_path / ".env").exists()
