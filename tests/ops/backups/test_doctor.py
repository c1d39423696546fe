"""What keeps backups from being made or trusted is found, each with its mend, and the rest is looked at, too."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from langagent.settings import Settings
from ops.backups.config import BackupConfig
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.doctor import examine
from ops.backups.findings import Finding
from ops.backups.snapshot import locked
from ops.backups.stores.base import Store
from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import Bucket, S3Store
from tests.ops.backups import faults as wrong
from tests.ops.backups.faults import Faults
from tests.ops.backups.test_create import ignore

CONFIG = BackupConfig(Settings.of_group("backup", {}))


def examined(database: Database, stores: Sequence[Store]) -> dict[str, Finding]:
    """The findings by the ends of their names, such as `access`."""
    with locked(database) as connection:
        found = list(examine(CONFIG, stores, database, connection, datetime.now(UTC)))
    return {finding.name.rpartition(": ")[2]: finding for finding in found}


def test_where_backups_are_made_all_is_well(database: Database, store: Store) -> None:
    create(database, [store], tell=ignore)
    found = examined(database, [store])
    assert all(found[name].ok for name in ("pg_dump", "write", "unfinished", "newest"))
    assert "may delete" in found["write"].detail
    assert list(store.objects("doctor/")) == []


def test_without_a_backup_it_names_the_command(database: Database, folder: FolderStore) -> None:
    newest = examined(database, [folder])["newest"]
    assert (newest.ok, newest.mend) == (False, "langagent backup")


@pytest.mark.parametrize(
    ("code", "name", "mend"),
    [
        (403, "AccessDenied", "allow the key s3:ListBucket and s3:ListBucketMultipartUploads on test-"),
        (403, "InvalidAccessKeyId", "compare the access key"),
        (403, "RequestTimeTooSkewed", "timedatectl set-ntp true"),
        (404, "NoSuchBucket", "aws s3api create-bucket --bucket test-"),
        (501, "NotImplemented", "check its endpoint and region"),
    ],
)
def test_a_bucket_that_refuses_is_told_with_its_mend_and_the_others_are_looked_at(
    database: Database, bucket: Bucket, faults: Faults, folder: FolderStore, code: int, name: str, mend: str
) -> None:
    faults.on(wrong.status(code, name), lambda method, path: True)
    found = examined(database, [S3Store(replace(bucket, endpoint=faults.url)), folder])
    assert not found["access"].ok
    assert name in found["access"].detail
    assert found["access"].mend.startswith(mend)
    assert found["space"].ok


def test_a_key_that_may_not_delete_is_told_how_to_prune(database: Database, bucket: Bucket, faults: Faults) -> None:
    faults.on(wrong.status(403, "AccessDenied"), lambda method, path: method == "DELETE")
    write = examined(database, [S3Store(replace(bucket, endpoint=faults.url))])["write"]
    assert write.ok
    assert "prune by a lifecycle rule" in write.detail
