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
