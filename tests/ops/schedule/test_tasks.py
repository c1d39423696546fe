"""Which tasks an installation has."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from langagent.settings import Secret, Settings
from ops.backups.config import BackupConfig
from ops.certificates.folder import Folder
from ops.certificates.start import start
from ops.schedule.config import ScheduleConfig, find_schedule
from ops.schedule.tasks import tasks

HERE: dict[str, Any] = {"restore_database_url": Secret("postgresql://owner@db/langagent")}


def names(certificates: Path = Path("/nowhere"), *, copies_media: bool = False, **chosen: Any) -> list[str]:
    settings = Settings(**chosen)
    folder = Folder(certificates)
    config = ScheduleConfig(settings, BackupConfig(settings), certificates=folder, copies_media=copies_media)
    return [task.name for task in tasks(config, timedelta(0))]


def test_a_server_that_can_restore_drills() -> None:
    assert names(**HERE) == ["erasures", "backup", "prune", "drill"]


@pytest.mark.parametrize(
    ("chosen", "drills"),
    [
        ({}, False),
        ({**HERE, "backup_recipient": "age1…"}, False),
        ({**HERE, "backup_recipient": "age1…", "backup_identity_file": "/keys/identity"}, True),
        ({**HERE, "drill_weekday": "never"}, False),
    ],
)
def test_drills_are_where_the_backups_can_be_read(chosen: dict[str, Any], drills: bool) -> None:
    assert ("drill" in names(**chosen)) is drills


def test_a_lifecycle_of_the_bucket_may_do_the_pruning() -> None:
    assert "prune" not in names(backup_prune=False)


def test_learners_files_are_copied_where_there_is_a_bucket_for_that() -> None:
    assert "media" in names(copies_media=True)
    assert "media" not in names()


@pytest.mark.parametrize(
    ("given", "copies"),
    [
        ({}, False),
        ({"S3_BUCKET": "files"}, True),
        ({"S3_BUCKET": "files", "MEDIA_BACKEND": "s3"}, False),
    ],
)
def test_files_that_lie_in_the_bucket_are_not_copied_there(given: dict[str, str], copies: bool, tmp_path: Path) -> None:
    assert find_schedule(tmp_path / ".env", given).copies_media is copies


def test_a_certificate_is_renewed_where_there_is_one(tmp_path: Path) -> None:
    start(Folder(tmp_path), ["tutor.example"], datetime(2026, 3, 4, tzinfo=UTC))
    assert names(tmp_path)[0] == "certificate"
