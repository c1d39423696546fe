"""Single files come back, proved: as they are in the bucket, else as they were."""

from collections.abc import Callable

import pytest

from ops.backups.stores.base import get
from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import S3Store
from ops.errors import ConfigurationError
from ops.media.references import References
from ops.media.restore import Outcome, missing, require_names, restore
from tests.ops.media.conftest import Told, damage, names_in, stored

NEVER = "a" * 64


def test_a_lost_file_comes_back(folder: FolderStore, bucket: S3Store, told: Told) -> None:
    [name] = stored(bucket, 1)
    assert restore(bucket, folder, [name], told) == Outcome(restored=1, bytes=3000)
    assert get(folder, name) == get(bucket, name)


def test_a_damaged_file_is_replaced(folder: FolderStore, bucket: S3Store, told: Told) -> None:
    [name] = stored(bucket, 1)
    stored(folder, 1)
    damage(folder, name, lambda content: content.reverse())
    restore(bucket, folder, [name], told)
    assert get(folder, name) == get(bucket, name)


def test_what_the_bucket_does_not_have_is_lost_and_the_rest_comes(
    folder: FolderStore, bucket: S3Store, told: Told
) -> None:
    [name] = stored(bucket, 1)
    assert restore(bucket, folder, [NEVER, name], told) == Outcome(restored=1, bytes=3000, lost=[NEVER])
    assert names_in(folder) == {name}


def test_a_damaged_copy_does_not_replace_anything(folder: FolderStore, bucket: S3Store, told: Told) -> None:
    [name] = stored(bucket, 1)
    stored(folder, 1)
    before = get(folder, name)
    damage(bucket, name, lambda content: content.pop())
    assert restore(bucket, folder, [name], told).lost == [name]
    assert get(folder, name) == before
    assert folder.unfinished("") == []


def test_an_old_version_serves_when_the_copy_was_damaged_or_deleted(
    folder: FolderStore, versioned: S3Store, told: Told
) -> None:
    damaged, deleted = stored(versioned, 1, 2)
    damage(versioned, damaged, lambda content: content.reverse())
    damage(versioned, damaged, lambda content: content.pop())
    versioned.delete(deleted)
    assert restore(versioned, folder, [damaged, deleted], told).restored == 2
    assert names_in(folder) == {damaged, deleted}


def test_where_the_bucket_holds_the_files_themselves_it_heals(versioned: S3Store, told: Told) -> None:
    damaged, deleted = stored(versioned, 1, 2)
    damage(versioned, damaged, lambda content: content.reverse())
    versioned.delete(deleted)
    restore(versioned, versioned, [damaged, deleted], told)
    assert names_in(versioned) == {damaged, deleted}


def test_what_is_missing_is_what_rows_speak_of(
    folder: FolderStore, references: References, refer: Callable[..., None]
) -> None:
    whole, short = stored(folder, 1, 2)
    damage(folder, short, lambda content: content.pop())
    refer(whole, short, NEVER)
    assert missing(folder, references.sizes()) == sorted([short, NEVER])


@pytest.mark.parametrize("name", ["../../etc/passwd", "abc", "A" * 64, "/" + "a" * 63, ""])
def test_only_a_digest_is_a_name(name: str) -> None:
    with pytest.raises(ConfigurationError, match="Not a SHA-256"):
        require_names([NEVER, name])
