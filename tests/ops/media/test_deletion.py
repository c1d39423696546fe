"""Deletions in the bucket: only what the folder lacks and no row refers to, and only what can be had again."""

from collections.abc import Callable

import psycopg
import pytest

from langagent.settings import Secret, Settings
from ops.backups.config import BackupConfig
from ops.backups.stores.base import put
from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import S3Store
from ops.errors import BackupError, PreflightError
from ops.media.deletion import Deletion, remove, require_safe, weigh
from ops.media.references import References, open_references
from ops.media.sync import plan
from tests.ops.media.conftest import names_in, stored

Refer = Callable[..., None]


def delete(folder: FolderStore, bucket: S3Store, references: References) -> Deletion:
    return remove(weigh(plan(folder, bucket).superfluous, folder, references), folder, bucket, references)


def test_what_nobody_needs_goes_and_its_old_version_stays(
    folder: FolderStore, versioned: S3Store, references: References
) -> None:
    kept, gone = stored(versioned, 1, 2)
    stored(folder, 1)
    assert delete(folder, versioned, references) == Deletion(unneeded=[gone])
    assert names_in(versioned) == {kept}
    assert len(versioned.versions(gone)) == 1


def test_what_a_row_refers_to_is_kept_and_named(
    folder: FolderStore, versioned: S3Store, references: References, refer: Refer
) -> None:
    lost, gone = stored(versioned, 1, 2)
    refer(lost)
    assert delete(folder, versioned, references) == Deletion(unneeded=[gone], kept=[lost])
    assert names_in(versioned) == {lost}


def test_a_row_that_comes_while_files_are_copied_is_heeded(
    folder: FolderStore, versioned: S3Store, references: References, refer: Refer
) -> None:
    [name] = stored(versioned, 1)
    planned = weigh([name], folder, references)
    refer(name)
    assert remove(planned, folder, versioned, references) == Deletion(kept=[name])
    assert names_in(versioned) == {name}


def test_a_file_that_comes_meanwhile_is_neither_unneeded_nor_lost(
    folder: FolderStore, versioned: S3Store, references: References, refer: Refer
) -> None:
    needed, _ = stored(versioned, 1, 2)
    superfluous = plan(folder, versioned).superfluous
    stored(folder, 1, 2)
    refer(needed)
    assert weigh(superfluous, folder, references) == Deletion()


def test_what_is_not_ours_is_not_deleted(folder: FolderStore, versioned: S3Store, references: References) -> None:
    foreign = {"notes.txt", "sub/" + "a" * 64, "A" * 64, "a" * 63}
    for name in foreign:
        put(versioned, name, b"x")
    delete(folder, versioned, references)
    assert names_in(versioned) == foreign


def test_a_database_that_does_not_answer_is_told_of_before_anything() -> None:
    config = BackupConfig(Settings(backup_database_url=Secret("postgresql://nobody@127.0.0.1:9/none")))
    with pytest.raises(BackupError, match="refers to is not known") as refused, open_references(config):
        pass
    assert refused.value.state == "Nothing was changed."


def test_a_database_that_does_not_say_lets_nothing_be_deleted(
    folder: FolderStore, versioned: S3Store, empty_database: str
) -> None:
    names = stored(versioned, 1)
    with (
        psycopg.connect(empty_database, autocommit=True) as connection,
        pytest.raises(BackupError, match=r"media_files. does not exist"),
    ):
        remove(Deletion(unneeded=names), folder, versioned, References(connection))
    assert names_in(versioned) == set(names)


def test_deleting_where_no_version_stays_must_be_asked_for_twice(folder: FolderStore, bucket: S3Store) -> None:
    stored(folder, 1)
    todo = plan(folder, bucket)
    assert not todo.is_versioned
    with pytest.raises(PreflightError, match="no old versions"):
        require_safe(todo, folder, bucket, unversioned=False)
    require_safe(todo, folder, bucket, unversioned=True)


def test_an_empty_folder_does_not_empty_the_bucket(folder: FolderStore, versioned: S3Store) -> None:
    """As it looks when its volume is not mounted."""
    stored(versioned, 1, 2)
    with pytest.raises(PreflightError, match="is empty: 2 files") as refused:
        require_safe(plan(folder, versioned), folder, versioned, unversioned=True)
    assert "mount" in refused.value.next_command
