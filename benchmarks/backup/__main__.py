"""`python -m benchmarks.backup [--quick | --size-mb N]`: backups and restores beside the plain script's."""

import argparse
import statistics
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from benchmarks.backup.measure import Run, run
from benchmarks.backup.ours import BUCKET
from benchmarks.backup.s3 import RCLONE, make_bucket, moto, rclone
from benchmarks.backup.seed import fill
from benchmarks.backup.settings import of_compose
from benchmarks.backup.ways import LIMIT, RESTORED, SCRIPT, Place, backups, restores, variants
from ops.backups.database import Database
from ops.embedded.binaries import Source
from ops.embedded.postgres import SUPERUSER, EmbeddedPostgres

FULL, QUICK = 2_000, 200
_HEAD: Final = ("way", "wall s", "CPU s", "server CPU s", "MB", "peak MiB", "to the limit", "to the script")

Runs = dict[str, list[Run]]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.backup", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} MB instead of {FULL}")
    parser.add_argument("--size-mb", type=int, help="size of the database, indexes included")
    parser.add_argument("--rounds", type=int, default=1, help="how often; the medians are shown")
    parser.add_argument("--server", choices=["auto", "installed", "wheel"], default="wheel", help="which PostgreSQL")
    parser.add_argument("--variants", action="store_true", help="other formats and compressions instead")
    options = parser.parse_args()
    with _place(options.server, options.size_mb or (QUICK if options.quick else FULL)) as place:
        print(_line(_HEAD))
        if options.variants:
            _table(_measured(place, dict(variants(place)), options.rounds))
        else:
            _table(_measured(place, dict(backups(place)), options.rounds))
            _table(_measured(place, dict(restores(place)), options.rounds))


@contextmanager
def _place(source: Source, megabytes: int) -> Iterator[Place]:
    """Run PostgreSQL as on a server, with a filled database, and the S3 servers that there are, each with a bucket."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(EmbeddedPostgres(folder / "postgres", source=source, settings=of_compose()))
        fill(server, megabytes)
        servers = {"moto": stack.enter_context(moto())}
        if RCLONE.exists():
            servers["rclone"] = stack.enter_context(rclone())
        for url in servers.values():
            make_bucket(url, BUCKET)
        database = Database(server.url(SUPERUSER), server.binaries.folder)
        yield Place(database, server.pid or 0, folder, servers)


def _measured(place: Place, ways: Mapping[str, str], rounds: int) -> Runs:
    """Run the ways in turn, so that a noisy minute is everyone's."""
    runs: Runs = {name: [] for name in ways}
    for _ in range(rounds):
        for name, command in ways.items():
            _settle(place.database)
            runs[name].append(run(command, place.database.environment(), place.server))
    return runs


def _settle(database: Database) -> None:
    """Leave nothing of one run to the next."""
    with database.connect() as connection:
        connection.execute(f"drop database if exists {RESTORED} with (force)")
        connection.execute("checkpoint")


def _table(runs: Runs) -> None:
    walls = {name: statistics.median(run.wall for run in of) for name, of in runs.items()}
    script = next((walls[name] for name in walls if name.startswith(SCRIPT)), None)
    for name, of in runs.items():
        cells = (
            name,
            f"{walls[name]:.1f}",
            f"{statistics.median(run.cpu for run in of):.1f}",
            f"{statistics.median(run.server for run in of):.1f}",
            f"{of[0].stored / 1e6:.0f}" if of[0].stored else "",
            f"{max(run.peak_mib for run in of):.0f}",
            f"{walls[name] / walls[LIMIT]:.2f}" if LIMIT in walls else "",
            f"{script / walls[name]:.1f} x as fast" if script else "",
        )
        print(_line(cells), flush=True)


def _line(cells: tuple[str, ...]) -> str:
    return f"{cells[0]:<44}" + "".join(f"{cell:>14}" for cell in cells[1:])


if __name__ == "__main__":
    main()
