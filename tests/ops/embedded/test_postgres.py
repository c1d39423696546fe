"""The embedded PostgreSQL: its data, its refusals, its end."""

import os
import signal
import subprocess
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from ops.embedded.binaries import PostgresBinaries
from ops.embedded.child import spawn, stop
from ops.embedded.postgres import DATABASE, OWNER, ROLES, SUPERUSER, EmbeddedPostgres, initdb_argv
from ops.errors import LockedError, OpsError, PreflightError
from tests.processes import line, python, wait_until_gone

RUN = """
import sys
from pathlib import Path
from typing import LiteralString
from ops.embedded.child import spawn, stop
from ops.embedded.postgres import EmbeddedPostgres
with EmbeddedPostgres(Path(sys.argv[1]), source="wheel", durable=False) as server:
    print(server.pid, flush=True)
    sys.stdin.read()
"""


def own_server(folder: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(folder, source="wheel", durable=False)


def ask(url: str, query: LiteralString) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(query)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reaches_the_database(postgres: EmbeddedPostgres, role: str) -> None:
    assert ask(postgres.url(role), "select current_user::text, current_database()::text") == [(role, DATABASE)]


def test_it_speaks_on_one_unix_socket_only(postgres: EmbeddedPostgres) -> None:
    settings = "select current_setting('listen_addresses'), current_setting('unix_socket_permissions')"
    assert ask(postgres.url(SUPERUSER), settings) == [("", "0700")]
    assert postgres.data.sockets.stat().st_mode & 0o777 == 0o700


def test_letters_are_classed_by_unicode_and_sorted_by_code(postgres: EmbeddedPostgres) -> None:
    assert ask(postgres.url(), "select upper('é'), 'Z' < 'a'") == [("É", True)]


def test_an_older_server_gets_the_same_locale_from_its_libc() -> None:
    argv = initdb_argv(PostgresBinaries(Path("/pg"), 16), Path("/data"), durable=True)
    assert argv == ["/pg/initdb", "-D", "/data", "-U", "postgres", "-A", "trust", "--encoding=UTF8", "--locale=C.UTF-8"]


def test_data_survives_a_restart_under_a_long_path_with_spaces(tmp_path: Path) -> None:
    folder = tmp_path / "a folder with spaces, ünïcode & a 'quote'" / ("long " * 30) / "postgres"
    with own_server(folder) as server:
        ask(server.url(OWNER), "create table kept (id int)")
    assert not server.is_alive
    assert not server.data.sockets.exists()
    with own_server(folder) as server:
        assert ask(server.url(OWNER), "select to_regclass('kept')::text") == [("kept",)]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to run it as someone else")
def test_where_namespaces_are_forbidden_root_runs_it_as_nobody_even_in_a_private_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.setattr("ops.embedded.postgres.namespaces_allowed", lambda: False)
    with own_server(tmp_path / "postgres") as server:
        assert server.cluster.stat().st_uid == 65534
        assert ask(server.url(), "select 1") == [(1,)]
    monkeypatch.undo()
    with own_server(tmp_path / "postgres") as server:
        assert server.identity == "65534:65534"


def test_a_killed_owner_leaves_no_server_and_the_folder_usable(tmp_path: Path) -> None:
    with python(RUN, str(tmp_path)) as owner:
        pid = int(line(owner))
        owner.send_signal(signal.SIGKILL)
        owner.wait()
        with own_server(tmp_path) as server:
            assert server.pid != pid
        wait_until_gone(pid)


def test_a_second_instance_is_refused_and_told_who_holds_the_folder(tmp_path: Path) -> None:
    with python(RUN, str(tmp_path)) as owner:
        server_pid = int(line(owner))
        with pytest.raises(LockedError, match=f"in use by process {owner.pid}") as refusal:
            own_server(tmp_path).start()
        assert str(owner.pid) in refusal.value.next_command
        os.kill(server_pid, 0)


def test_a_stale_pid_file_that_names_a_stranger_is_removed_and_the_stranger_left_alone(tmp_path: Path) -> None:
    with own_server(tmp_path) as server:
        cluster = server.cluster
    (cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster}\n")
    with own_server(tmp_path) as server:
        assert server.is_alive


def test_a_server_killed_alone_is_noticed_and_its_data_recovers(tmp_path: Path) -> None:
    with own_server(tmp_path) as server:
        assert server.pid is not None
        os.kill(server.pid, signal.SIGKILL)
        wait_until_gone(server.pid)
        assert not server.is_alive
        server.stop()
        server.start()
        assert ask(server.url(), "select 1") == [(1,)]


def test_a_server_started_by_hand_is_left_alone(tmp_path: Path) -> None:
    with own_server(tmp_path) as server:
        argv = [*server._argv(), "-c", f"unix_socket_directories={tmp_path}"]
    stranger = spawn(argv, identity=server.identity, output=subprocess.PIPE)
    assert stranger.stdout is not None
    with stranger, stranger.stdout as output:
        assert any(b"ready to accept connections" in text for text in output)
        with pytest.raises(PreflightError, match=f"process {stranger.pid}"):
            server.start()
        assert stranger.poll() is None
        stop(stranger, signal.SIGINT, patience=10)


def test_a_half_made_cluster_is_made_again(tmp_path: Path) -> None:
    server = own_server(tmp_path)
    server.data.open()
    server.data.close()
    (tmp_path / "cluster.making").mkdir()
    (tmp_path / "cluster.making" / "PG_VERSION").write_text("18\n")
    with server:
        assert ask(server.url(), "select 1") == [(1,)]


def test_a_folder_of_someone_else_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(PreflightError, match="was not made by langagent"):
        own_server(tmp_path).start()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(("version", "problem"), [("9\n", "PostgreSQL 9 is needed"), ("", "not a PostgreSQL cluster")])
def test_a_cluster_that_no_server_here_can_open_is_refused(tmp_path: Path, version: str, problem: str) -> None:
    server = own_server(tmp_path)
    server.data.open()
    server.data.close()
    server.cluster.mkdir()
    (server.cluster / "PG_VERSION").write_text(version)
    with pytest.raises(PreflightError, match=problem):
        server.start()
    server.data.open()
    server.data.close()


def test_a_path_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PreflightError, match="cannot be used"):
        own_server(tmp_path / "file" / "postgres").start()


def test_a_server_that_does_not_start_shows_the_end_of_its_log(tmp_path: Path) -> None:
    with own_server(tmp_path) as server:
        settings = server.cluster / "postgresql.conf"
    settings.write_text("no_such_setting = 1\n")
    with pytest.raises(OpsError, match="no_such_setting"):
        server.start()
    assert not server.is_alive
