"""`python -m benchmarks.backup [--quick | --megabytes N]`: making a backup, beside raw pg_dump and the plain script."""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyrage  # type: ignore[import-untyped]

from benchmarks.backup.ours import BUCKET, bucket
from benchmarks.backup.seed import fill
from benchmarks.study.processes import free_port, serving
from ops.backups.database import Database
from ops.backups.stores.s3 import S3Store
from ops.embedded.postgres import OWNER, EmbeddedPostgres

FULL, QUICK, ROUNDS = 2_000, 50, 3
LIMIT, SCRIPT = "pg_dump into a pipe (the limit)", "pg_dump | gzip (the plain script)"
_HEAD: Final = ("way", "wall s", "CPU s", "MB", "peak MiB", "to the limit", "to the script")


@dataclass(frozen=True, slots=True)
class Run:
    """One way, once; CPU and peak are of the processes that make the backup, without the server."""

    wall: float
    cpu: float
    stored: int
    peak_mib: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.backup", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} MB, one round")
    parser.add_argument("--megabytes", type=int, default=FULL)
    options = parser.parse_args()
    megabytes, rounds = (QUICK, 1) if options.quick else (options.megabytes, ROUNDS)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(EmbeddedPostgres(folder / "postgres"))
        s3 = stack.enter_context(_s3_server(folder))
        fill(server.url(OWNER), megabytes)
        database = Database(server.url(OWNER), server.binaries.folder)
        _table(_measured(_ways(database, folder, s3), database, rounds))


def _ways(database: Database, folder: Path, s3: str) -> dict[str, str]:
    """Every way as a shell command that prints the bytes it stored."""
    pg_dump = f"{database.client}/pg_dump"
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    ours = f"{sys.executable} -m benchmarks.backup.ours '{database.url}' '{database.client}'"
    return {
        LIMIT: f"{pg_dump} -Fc -Z0 | wc -c",
        SCRIPT: f"{pg_dump} | gzip | wc -c",
        "pg_dump -Fc (gzip)": f"{pg_dump} -Fc | wc -c",
        "ours, discarded": f"{ours} discard ''",
        "ours, age, discarded": f"{ours} discard {recipient}",
        "ours, to a folder": f"{ours} '{folder}/backups' ''",
        "ours, to S3 (moto)": f"{ours} {s3} ''",
        "ours, age, to S3 (moto)": f"{ours} {s3} {recipient}",
    }


def _measured(ways: Mapping[str, str], database: Database, rounds: int) -> dict[str, list[Run]]:
    """Run the ways in turn, so that a noisy minute is everyone's."""
    runs: dict[str, list[Run]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, command in ways.items():
            runs[name].append(_run(command, database.environment()))
    return runs


def _run(command: str, environment: Mapping[str, str]) -> Run:
    began = time.monotonic()
    process = subprocess.Popen(
        ["bash", "-c", f"set -eo pipefail; {command}"], env={**os.environ, **environment}, stdout=subprocess.PIPE
    )
    output = process.stdout.read() if process.stdout else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {command}")
    return Run(time.monotonic() - began, usage.ru_utime + usage.ru_stime, int(output), usage.ru_maxrss / 1024)


def _table(runs: Mapping[str, list[Run]]) -> None:
    walls = {name: statistics.median(run.wall for run in of) for name, of in runs.items()}
    print(_line(_HEAD))
    for name, of in runs.items():
        cpu = statistics.median(run.cpu for run in of)
        peak = max(run.peak_mib for run in of)
        print(
            _line(
                (
                    name,
                    f"{walls[name]:.1f}",
                    f"{cpu:.1f}",
                    f"{of[0].stored / 1e6:.0f}",
                    f"{peak:.0f}",
                    f"{walls[name] / walls[LIMIT]:.2f}",
                    f"{walls[SCRIPT] / walls[name]:.1f} x as fast",
                )
            )
        )


def _line(cells: tuple[str, ...]) -> str:
    return f"{cells[0]:<36}" + "".join(f"{cell:>16}" for cell in cells[1:])


@contextmanager
def _s3_server(folder: Path) -> Iterator[str]:
    """Run moto's server, which keeps everything in its memory, with a bucket."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    argv = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with serving(argv, os.environ, folder / "s3.log", f"{url}/moto-api/"):
        S3Store(bucket(url)).client.create_bucket(Bucket=BUCKET)
        yield url


if __name__ == "__main__":
    main()
