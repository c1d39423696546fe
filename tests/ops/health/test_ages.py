"""How old backups and drills are, by what real stores hold."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from langagent.settings import Secret, Settings
from ops.backups.config import BackupConfig
from ops.backups.database import Database, identify
from ops.backups.drill import Drill, key
from ops.backups.manifest import DatabaseIdentity
from ops.backups.stores.base import put
from ops.backups.stores.folder import FolderStore
from ops.dev.project import Project
from ops.health.ages import Ages, Budgets, read_ages
from ops.schedule.metrics import measure
from tests.ops.backups.made import NOW, OURS, backup_in

HOUR = timedelta(hours=1)
Read = Callable[..., Ages]


@pytest.fixture
def database(empty_database: str) -> DatabaseIdentity:
    with Database(empty_database).connect() as connection:
        return identify(connection)


@pytest.fixture
def folder(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "backups")


@pytest.fixture
def read(empty_database: str, folder: FolderStore) -> Read:
    def read(after: timedelta = timedelta(0), url: str = empty_database) -> Ages:
        settings = Settings(backup_database_url=Secret(url), backup_folder=str(folder.root))
        return read_ages(BackupConfig(settings), Budgets(), NOW + after)

    return read


def drilled(folder: FolderStore, database: DatabaseIdentity, problem: str = "") -> None:
    note = Drill("backup_20260301_020000", NOW, 61.5, "", problem)
    put(folder, key(database), json.dumps(note.as_document()).encode())


def test_fresh_ones_are_no_problem(read: Read, folder: FolderStore, database: DatabaseIdentity) -> None:
    backup_in(folder, database=database)
    drilled(folder, database)
    ages = read(2 * HOUR)
    assert ages.problems == []
    document = ages.as_document()
    assert document["backups"][0]["backup"] == "backup_20260301_020000"
    assert (document["backups"][0]["age_seconds"], document["drill"]["age_seconds"]) == (7200, 7200)
    assert document["drill"]["seconds"] == 61.5


@pytest.mark.parametrize(
    ("after", "problems"),
    [
        (26 * HOUR, []),
        (27 * HOUR, ["27 h old, more than 26 h"]),
        (8 * 24 * HOUR + HOUR, ["8 days old, more than 26 h", "8 days ago, more than 8 days"]),
    ],
)
def test_past_its_budget_each_is_named(
    read: Read, folder: FolderStore, database: DatabaseIdentity, after: timedelta, problems: list[str]
) -> None:
    backup_in(folder, database=database)
    drilled(folder, database)
    found = read(after).problems
    assert len(found) == len(problems)
    assert all(words in problem for words, problem in zip(problems, found, strict=True))


def test_only_good_ones_of_this_database_count(read: Read, folder: FolderStore, database: DatabaseIdentity) -> None:
    backup_in(folder, database=OURS)
    cut = backup_in(folder, database=database, at=NOW + HOUR)
    put(folder, cut.object, b"cut")
    found = read(HOUR).problems
    assert "no good backup of this database" in found[0]
    assert "No backup was ever restored" in found[1]


def test_a_backup_that_did_not_restore(read: Read, folder: FolderStore, database: DatabaseIdentity) -> None:
    backup_in(folder, database=database)
    drilled(folder, database, "a row is missing")
    assert read().problems == [
        "The last drill failed: backup backup_20260301_020000 does not restore: a row is missing"
    ]


def test_without_the_database_the_last_one_of_its_name_is_meant(read: Read, folder: FolderStore) -> None:
    backup_in(folder, database=OURS)
    backup_in(folder, database=DatabaseIdentity("another", "1"), at=NOW + HOUR)
    (age,) = read(url="postgresql://nobody@127.0.0.1:9/langagent").backups
    assert age.manifest
    assert age.manifest.database == OURS


def test_every_store_has_to_be_fresh(folder: FolderStore, database: DatabaseIdentity, empty_database: str) -> None:
    backup_in(folder, database=database)
    settings = Settings(
        backup_database_url=Secret(empty_database),
        backup_folder=str(folder.root),
        backup_s3_bucket="none",
        backup_s3_endpoint="http://127.0.0.1:9",
        backup_s3_access_key=Secret("key"),
        backup_s3_secret_key=Secret("secret"),
    )
    near, far = read_ages(BackupConfig(settings), Budgets(), NOW).backups
    assert near.problem == ""
    assert "s3://none" in far.problem


def test_no_store_at_all_is_a_problem() -> None:
    (problem, *_) = read_ages(BackupConfig(Settings()), Budgets(), NOW).problems
    assert "nowhere to put backups" in problem


def test_in_a_checkout_the_default_folder_is_not_judged(tmp_path: Path) -> None:
    ages = read_ages(BackupConfig(Settings(), Project(tmp_path, tmp_path / "state")), Budgets(), NOW)
    assert ages.backups[0].problem
    assert ages.problems == []


def test_metrics(read: Read, folder: FolderStore, database: DatabaseIdentity) -> None:
    labels = {"store": folder.name}
    measure(read())
    assert REGISTRY.get_sample_value("backup_age_seconds", labels) == float("inf")
    assert REGISTRY.get_sample_value("drill_age_seconds") == float("inf")
    made = backup_in(folder, database=database)
    drilled(folder, database)
    measure(read(HOUR))
    assert REGISTRY.get_sample_value("backup_age_seconds", labels) == 3600
    assert REGISTRY.get_sample_value("backup_stored_bytes", labels) == made.stored_bytes
    assert REGISTRY.get_sample_value("drill_recovery_seconds") == 61.5
    assert REGISTRY.get_sample_value("drill_ok") == 1
