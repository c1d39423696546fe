"""Our own process killed in the middle: no backup lists, none is lost, and the next run clears up."""

import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from ops.backups.catalogue import in_store
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.stores.base import Store
from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import S3Store
from ops.events import Event
from tests.cli.command import PROGRAM, run
from tests.ops.backups.clients import client, wait_for
from tests.processes import python


def ignore(event: Event) -> None:
    """Listen to nothing."""


def environment(store: Store, database: Database, path: str = "") -> Mapping[str, str]:
    """The variables that lead `langagent backup` to a store and a database."""
    places = {"BACKUP_FOLDER": str(store.root)} if isinstance(store, FolderStore) else {}
    if isinstance(store, S3Store):
        places = {
            "BACKUP_S3_BUCKET": store.bucket.name,
            "BACKUP_S3_PREFIX": store.bucket.prefix,
            "BACKUP_S3_ENDPOINT": store.bucket.endpoint,
            "BACKUP_S3_ACCESS_KEY": store.bucket.access_key,
            "BACKUP_S3_SECRET_KEY": store.bucket.secret_key.reveal(),
            "BACKUP_S3_PART_MIB": "5",
        }
    return {
        **os.environ,
        **places,
        "BACKUP_DATABASE_URL": database.url,
        "PATH": f"{path or database.client}:{os.environ['PATH']}",
    }


def kill_half_way(store: Store, database: Database, folder: Path) -> None:
    """Kill `langagent backup` when 50 MB that do not compress are on their way and pg_dump hangs."""
    fifo = folder / "written"
    os.mkfifo(fifo)
    script = f"head -c 50000000 /dev/urandom; echo > '{fifo}'; exec sleep 60"
    hanging = client(folder / "hanging", database.client or Path(), script)
    with subprocess.Popen(
        [PROGRAM, "backup"],
        env=environment(store, database, str(hanging)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        wait_for(fifo)
        process.send_signal(signal.SIGKILL)


STEPS = [
    ("intent.declare", 1, "after"),
    ("copies.Copies.write", 1, "after"),
    ("copies.Copies.commit", 1, "before"),
    ("copies.Copies.commit", 1, "after"),
    ("create._record", 1, "after"),
    ("intent.sweep", 2, "after"),
]
KILLED = """
import sys
from cli.main import main
from tests.ops.backups.deadly import die_at

step, call, when = sys.argv[1:]
die_at(step, int(call), when)
sys.argv = ["langagent", "backup"]
main()
"""


@pytest.mark.parametrize(("step", "call", "when"), STEPS)
def test_killed_at_any_step_there_is_a_whole_backup_or_none(
    store: Store, database: Database, monkeypatch: pytest.MonkeyPatch, step: str, call: int, when: str
) -> None:
    earlier = create(database, [store], tell=ignore).manifest.id
    for name, value in environment(store, database).items():
        monkeypatch.setenv(name, value)
    with python(KILLED, step, str(call), when) as process:
        assert process.wait(60) == -signal.SIGKILL
    recorded = step in ("create._record", "intent.sweep")
    assert [backup.good for backup in in_store(store)] == [True] * (1 + recorded)
    assert in_store(store)[-1].id == earlier
    create(database, [store], tell=ignore)
    assert len(in_store(store)) == 2 + recorded
    assert len(store.objects("database/")) == 2 * len(in_store(store))
    assert list(store.unfinished("")) == []


def test_the_next_run_clears_up(store: Store, database: Database, tmp_path: Path) -> None:
    earlier = create(database, [store], tell=ignore).manifest.id
    kill_half_way(store, database, tmp_path)
    assert [backup.id for backup in in_store(store)] == [earlier]
    assert list(store.unfinished(""))
    told: list[Event] = []
    create(database, [store], tell=told.append)
    assert any("never finished" in event.message for event in told)
    assert list(store.unfinished("")) == []
    assert len(in_store(store)) == 2
    assert len(store.objects("database/")) == 4


def test_doctor_finds_and_fixes_it(store: Store, database: Database, tmp_path: Path) -> None:
    create(database, [store], tell=ignore)
    kill_half_way(store, database, tmp_path)
    env = environment(store, database)
    found = run("backup", "doctor", env=env)
    assert found.returncode == 10
    assert "unfinished: left by killed runs: backup_" in found.stdout
    run("backup", "doctor", "--fix", env=env)
    assert "unfinished: nothing" in run("backup", "doctor", env=env).stdout
    assert list(store.unfinished("")) == []
    assert [backup.good for backup in in_store(store)] == [True]


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run where there is no .env."""
    monkeypatch.chdir(tmp_path)
