"""`langagent schedule` as a container runs it: real commands, real signals."""

import json
import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from ops.embedded.postgres import OWNER, SUPERUSER, EmbeddedPostgres
from tests.cli.command import PROGRAM, documents, run
from tests.cli.test_dev import free_port
from tests.ops.backups.clients import client, wait_for
from tests.ops.notify.receiver import receiving


@pytest.fixture
def env(postgres: EmbeddedPostgres, empty_database: str, tmp_path: Path) -> dict[str, str]:
    name = str(conninfo_to_dict(empty_database)["dbname"])
    with psycopg.connect(empty_database) as connection:
        connection.execute("create table marks as select 1 as mark")
    return {
        "LANGAGENT_ENV_FILE": str(tmp_path / "no.env"),
        "BACKUP_FOLDER": str(tmp_path / "backups"),
        "BACKUP_DATABASE_URL": postgres.url(OWNER, name),
        "RESTORE_DATABASE_URL": postgres.url(SUPERUSER, name),
        "SCHEDULE_FOLDER": str(tmp_path / "schedule"),
    }


@contextmanager
def schedule(env: Mapping[str, str]) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [PROGRAM, "schedule", "--json"], env={**os.environ, **env}, stdout=subprocess.PIPE, text=True
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def wait_until(process: "subprocess.Popen[str]", words: str) -> None:
    assert process.stdout is not None
    seen = []
    for line in process.stdout:
        seen.append(json.loads(line)["message"])
        if words in seen[-1]:
            return
    raise AssertionError(f"`schedule` ended: {seen}")


def ended_well(process: "subprocess.Popen[str]") -> bool:
    process.send_signal(signal.SIGTERM)
    return process.wait(20) == 0


def backups(env: Mapping[str, str]) -> list[object]:
    (result,) = documents(run("backup", "list", "--json", env=env).stdout)
    found: list[object] = result["backups"]
    return found


def test_a_new_installation_is_backed_up_and_drilled_at_once(env: dict[str, str]) -> None:
    with schedule(env) as process:
        wait_until(process, "Drill done: backup_")
        assert ended_well(process)
    assert len(backups(env)) == 1
    with schedule(env) as process:
        wait_until(process, "This process does the work")
        assert ended_well(process)
    assert len(backups(env)) == 1


def test_a_signal_in_the_middle_of_a_backup_leaves_nothing(
    env: dict[str, str], postgres: EmbeddedPostgres, tmp_path: Path
) -> None:
    fifo = tmp_path / "dumping"
    os.mkfifo(fifo)
    script = f"echo -n $TMPDIR > {tmp_path}/spill; exec 3> {fifo}; exec sleep 600"
    slow = client(tmp_path / "client", postgres.binaries.folder, script)
    with schedule({**env, "PATH": f"{slow}:{os.environ['PATH']}", "TMPDIR": ""}) as process:
        wait_for(fifo)
        assert ended_well(process)
    assert [path for path in Path(env["BACKUP_FOLDER"]).rglob("*") if path.is_file()] == []
    assert (tmp_path / "spill").read_text() == env["SCHEDULE_FOLDER"]
    with schedule(env) as process:
        wait_until(process, "Backup done")
        assert ended_well(process)
    assert len(backups(env)) == 1


def test_a_failure_reaches_the_owner_and_the_metrics(env: dict[str, str], tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / "backups").write_text("no folder")
    with receiving() as receiver:
        given = {"ALERT_URLS": receiver.apprise_url, "SCHEDULE_METRICS_PORT": str(port), "DRILL_WEEKDAY": "never"}
        with schedule({**env, **given}) as process:
            wait_until(process, "Backup failed")
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
                metrics = answer.read().decode()
            assert ended_well(process)
    assert 'schedule_tasks_total{outcome="failed",task="backup"} 1.0' in metrics
    assert f'backup_age_seconds{{store="{tmp_path}/backups"}} +Inf' in metrics
    assert "Backup needs attention" in receiver.titles
    message = receiver.messages[receiver.titles.index("Backup needs attention")]["message"]
    assert "Not a directory" in message
    assert "Next:" in message


@pytest.mark.parametrize(
    ("wrong", "code", "words"),
    [
        ({"SCHEDULE_FOLDER": "/proc/none"}, 10, "set SCHEDULE_FOLDER"),
        ({"BACKUP_AT": "25:00"}, 2, "BACKUP_AT must be a time such as 02:00"),
        ({"DRILL_WEEKDAY": "someday"}, 2, "DRILL_WEEKDAY must be one of"),
    ],
)
def test_what_it_cannot_work_with_is_refused(env: dict[str, str], wrong: dict[str, str], code: int, words: str) -> None:
    done = run("schedule", env={**env, **wrong})
    assert (done.returncode, words in done.stderr) == (code, True)


def test_a_taken_port_is_named(env: dict[str, str]) -> None:
    with receiving() as receiver:
        done = run("schedule", env={**env, "SCHEDULE_METRICS_PORT": str(receiver.port)})
    assert done.returncode == 10
    assert "SCHEDULE_METRICS_PORT" in done.stderr
