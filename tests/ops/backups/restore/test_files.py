"""Files that pg_dump wrote are accepted whole, and refused cut."""

import gzip
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import zstandard

from langagent.settings import Settings
from ops.backups.config import BackupConfig
from ops.backups.database import Database
from ops.backups.manifest import Manifest
from ops.backups.source import DumpFile, StoredDump, find_source
from ops.backups.stores.folder import FolderStore
from ops.backups.target import Target
from ops.errors import OpsError, PreflightError, VerificationError
from tests.ops.backups.restore.seen import (
    EARLIER,
    databases,
    ignore,
    marks,
    nothing_has_changed,
    run,
)

FORMATS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "dump.dump": ("--format=custom", bytes),
    "dump.dump.gz": ("--format=custom", gzip.compress),
    "dump.dump.zst": ("--format=custom", zstandard.compress),
    "dump.sql": ("--format=plain", bytes),
    "dump.sql.gz": ("--format=plain", gzip.compress),
}


def dump_file(database: Database, path: Path, option: str, *, pack: Callable[[bytes], bytes] = bytes) -> DumpFile:
    argv = [database.program("pg_dump", 18), option]
    env = {**os.environ, **database.environment()}
    path.write_bytes(pack(subprocess.run(argv, env=env, capture_output=True, check=True).stdout))
    return DumpFile(path)


@pytest.mark.parametrize("name", FORMATS)
def test_files_of_pg_dump_are_accepted_whole_and_refused_cut(
    database: Database, target: Target, tmp_path: Path, name: str
) -> None:
    option, pack = FORMATS[name]
    file = dump_file(database, tmp_path / name, option, pack=pack)
    with psycopg.connect(database.url) as connection:
        connection.execute("insert into marks values (2, 'after')")
    whole = file.path.read_bytes()
    for share in (0.1, 0.5, 0.97):
        file.path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(OpsError) as caught:
            run(target, file)
        assert caught.value.state == "No database was changed."
        nothing_has_changed(target)
    file.path.write_bytes(whole)
    run(target, file)
    assert marks(target) == EARLIER


def test_a_wrong_checksum_at_the_very_end_is_refused(database: Database, target: Target, tmp_path: Path) -> None:
    pack = zstandard.ZstdCompressor(write_checksum=True).compress
    file = dump_file(database, tmp_path / "dump.dump.zst", "--format=custom", pack=pack)
    whole = file.path.read_bytes()
    file.path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(VerificationError, match="does not decompress"):
        run(target, file)
    assert databases(target) == [""]


def test_a_file_that_names_its_database_is_refused(database: Database, target: Target, tmp_path: Path) -> None:
    with pytest.raises(PreflightError, match="names itself"):
        run(target, dump_file(database, tmp_path / "dump.sql", "--create"))
    assert databases(target) == [""]


def test_a_pulled_backup_is_known_by_its_manifest(source: StoredDump, folder: FolderStore, manifest: Manifest) -> None:
    found = find_source(BackupConfig(Settings.of_group("backup", {})), str(folder.root / manifest.object), None, ignore)
    assert found.manifest == manifest


def test_an_older_servers_file_is_accepted_a_newer_ones_not(database: Database, target: Target, tmp_path: Path) -> None:
    file = dump_file(database, tmp_path / "dump.sql", "--format=plain")
    text = file.path.read_text()
    for version, accepted in (("15.3", True), ("99.1", False)):
        file.path.write_text(text.replace("Dumped from database version 18", f"Dumped from database version {version}"))
        if accepted:
            run(target, file)
        else:
            with pytest.raises(PreflightError, match="PostgreSQL 99"):
                run(target, file)
