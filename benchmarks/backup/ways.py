"""Ways to make a backup and to restore it, each a shell command; those that store print how many bytes."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyrage  # type: ignore[import-untyped]

from ops.backups.database import Database
from ops.backups.stream import LEVEL

LIMIT: Final = "pg_dump into a pipe (the limit)"
SCRIPT: Final = "plain script: "
RESTORED: Final = "bench_restored"


@dataclass(frozen=True, slots=True)
class Place:
    """The database that is measured, its server's process, a folder for what is stored, the S3 servers by name."""

    database: Database
    server: int
    folder: Path
    servers: Mapping[str, str]

    def program(self, name: str) -> str:
        return f"{self.database.client}/{name}"


def backups(place: Place) -> Iterator[tuple[str, str]]:
    """Yield the peers, then ours, to every kind of store."""
    pg_dump, folder = place.program("pg_dump"), place.folder
    identity = pyrage.x25519.Identity.generate()
    (folder / "identity").write_text(str(identity))
    recipient = str(identity.to_public())
    yield LIMIT, f"{pg_dump} -Fc -Z0 | wc -c"
    yield f"{SCRIPT}pg_dump | gzip, discarded", f"{pg_dump} | gzip | wc -c"
    for name, url in place.servers.items():
        upload = f"{sys.executable} -m benchmarks.backup.upload {folder}/script.sql.gz {url}"
        yield f"{SCRIPT}then copied to S3 ({name})", f"{pg_dump} | gzip > {folder}/script.sql.gz; {upload}"
    yield "pg_dump -Fc (gzip), to a file", f"{pg_dump} -Fc -f {folder}/default.dump; stat -c %s {folder}/default.dump"
    ours = f"{sys.executable} -m benchmarks.backup.ours create '{place.database.url}' {place.database.client}"
    yield "ours, discarded", f"{ours} discard ''"
    yield "ours, age, discarded", f"{ours} discard {recipient}"
    yield "ours, to a folder", f"{ours} {folder}/backups ''"
    yield "ours, age, to a folder", f"{ours} {folder}/encrypted {recipient}"
    for name, url in place.servers.items():
        yield f"ours, to S3 ({name})", f"{ours} {url} ''"
        yield f"ours, age, to S3 ({name})", f"{ours} {url} {recipient}"


def variants(place: Place) -> Iterator[tuple[str, str]]:
    """Yield other ways to dump and compress; those that need pg_dump's own zstd where it has it."""
    pg_dump, directory = place.program("pg_dump"), place.folder / "directory"
    ours = f"{sys.executable} -m benchmarks.backup.compress {LEVEL}"
    archive = f"tar -C {directory} -c . | "
    parallel = f"{pg_dump} -Fd -j2 -f {directory}"
    remove = f"rm -r {directory}"
    for level in (1, 2, 3):
        compress = f"{sys.executable} -m benchmarks.backup.compress {level}"
        yield f"custom, zstd {level} in process", f"{pg_dump} -Fc -Z0 | {compress}"
    yield f"custom, stdbuf, zstd {LEVEL} in process", f"stdbuf -o1M {pg_dump} -Fc -Z0 | {ours}"
    yield f"plain, zstd {LEVEL} in process", f"{pg_dump} | {ours}"
    yield f"directory -j2, archived, zstd {LEVEL} in process", f"{parallel} -Z0; {archive}{ours}; {remove}"
    if not _has_zstd(pg_dump):
        return
    yield f"custom, pg_dump's zstd {LEVEL}", f"{pg_dump} -Fc -Z zstd:{LEVEL} | wc -c"
    yield f"directory -j2, pg_dump's zstd {LEVEL}, archived", f"{parallel} -Z zstd:{LEVEL}; {archive}wc -c; {remove}"
    yield "directory -j2, pg_dump's lz4, archived", f"{parallel} -Z lz4; {archive}wc -c; {remove}"


def restores(place: Place) -> Iterator[tuple[str, str]]:
    """Yield ways to restore what `backups` left; the peers' into a new database, which ours makes itself."""
    folder = place.folder
    ours = f"{sys.executable} -m benchmarks.backup.ours restore '{place.database.url}' {place.database.client}"
    psql = f"{place.program('psql')} -qX -v ON_ERROR_STOP=1 -o /dev/null"
    make = f"{psql} -c 'create database {RESTORED} template template0'"
    yield f"{SCRIPT}gunzip | psql", f"{make}; gunzip -c {folder}/script.sql.gz | {psql} -d {RESTORED}"
    yield "pg_restore -j2", f"{make}; {place.program('pg_restore')} -j2 -d {RESTORED} {folder}/default.dump"
    yield "ours, with its checks", f"{ours} {folder}/backups {RESTORED} ''"
    yield "ours, age, with its checks", f"{ours} {folder}/encrypted {RESTORED} {folder}/identity"


def _has_zstd(pg_dump: str) -> bool:
    """Say so of the client; it checks this before it connects."""
    argv = [pg_dump, "--compress=zstd:3", "--dbname=host=/nowhere"]
    return "compress" not in subprocess.run(argv, capture_output=True, text=True, check=False).stderr
