"""A copy killed in the middle: nothing half is there, and the next run does the rest."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import S3Store
from tests.cli.command import PROGRAM, run
from tests.ops.backups.faults import Faults, Handler, misbehaving
from tests.ops.media.conftest import names_in, stored


@pytest.fixture
def faults(bucket: S3Store) -> Iterator[Faults]:
    with misbehaving(bucket.bucket.endpoint) as faults:
        yield faults


def environment(folder: FolderStore, bucket: S3Store) -> dict[str, str]:
    """The variables that lead `langagent media` there."""
    return {
        "LANGAGENT_ENV_FILE": "/nowhere/.env",
        "MEDIA_ROOT": str(folder.root),
        "S3_BUCKET": bucket.bucket.name,
        "S3_PREFIX": bucket.bucket.prefix,
        "S3_ENDPOINT": bucket.bucket.endpoint,
        "S3_ACCESS_KEY": bucket.bucket.access_key,
        "S3_SECRET_KEY": bucket.bucket.secret_key.reveal(),
    }


def kill_at(faults: Faults, folder: FolderStore, bucket: S3Store, part_of_path: str) -> None:
    """Kill `langagent media sync` while it waits for the answer to such a request."""
    reached, released = Event(), Event()

    def hang(handler: Handler) -> None:
        reached.set()
        released.wait(60)
        handler.cut()

    faults.on(hang, lambda method, path: method == "PUT" and part_of_path in path)
    env = {**os.environ, **environment(folder, bucket), "S3_ENDPOINT": faults.url}
    with subprocess.Popen(
        [PROGRAM, "media", "sync"], env=env, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        assert reached.wait(60)
        process.send_signal(signal.SIGKILL)
    released.set()


def test_the_next_run_does_the_rest(folder: FolderStore, bucket: S3Store, faults: Faults, tmp_path: Path) -> None:
    names = stored(folder, *range(30))
    kill_at(faults, folder, bucket, names[15])
    assert names[15] not in names_in(bucket)
    done = run("media", "sync", env=environment(folder, bucket), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert names_in(bucket) == set(names)
    assert run("media", "verify", env=environment(folder, bucket), cwd=tmp_path).returncode == 0


def test_parts_of_a_killed_upload_are_cleared_away(
    folder: FolderStore, bucket: S3Store, faults: Faults, tmp_path: Path
) -> None:
    [name] = stored(folder, 1, size=20 << 20)
    kill_at(faults, folder, bucket, "partNumber=2")
    assert (names_in(bucket), list(bucket.unfinished(""))) == (set(), [name])
    assert run("media", "sync", env=environment(folder, bucket), cwd=tmp_path).returncode == 0
    assert (names_in(bucket), list(bucket.unfinished(""))) == ({name}, [])
