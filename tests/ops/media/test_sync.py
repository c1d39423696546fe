"""Copies: what is missing and nothing twice, nothing deleted, damage never copied."""

from dataclasses import replace
from pathlib import Path

import pytest

from ops.backups.stores.base import StoreError, put
from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import S3Store
from ops.errors import ConfigurationError, PreflightError
from ops.media.sync import Outcome, execute, plan
from tests.ops.backups import faults as wrong
from tests.ops.backups.faults import misbehaving
from tests.ops.media.conftest import Told, damage, make_unreadable, names_in, stored


def sync(folder: FolderStore, bucket: S3Store, told: Told) -> Outcome:
    return execute(plan(folder, bucket), folder, bucket, told)


def test_what_is_missing_is_copied_and_the_next_run_copies_nothing(
    folder: FolderStore, bucket: S3Store, told: Told
) -> None:
    names = stored(folder, *range(20))
    assert sync(folder, bucket, told) == Outcome(copied=20, bytes=60_000)
    assert names_in(bucket) == set(names)
    assert sync(folder, bucket, told) == Outcome()
    new = stored(folder, 99)
    todo = plan(folder, bucket)
    assert (list(todo.missing), todo.there, todo.bytes) == (new, 20, 3000)


def test_large_files_go_in_parts(folder: FolderStore, bucket: S3Store, told: Told) -> None:
    stored(folder, 1, size=12 << 20)
    assert sync(folder, bucket, told).bytes == 12 << 20
    assert list(bucket.unfinished("")) == []


def test_what_is_not_ours_is_not_copied(folder: FolderStore, bucket: S3Store, told: Told) -> None:
    names = stored(folder, 1)
    for name in ("notes.txt", "sub/" + "a" * 64, "A" * 64, "a" * 63):
        put(folder, name, b"x")
    (folder.root / "dead.unfinished").write_bytes(b"half")
    sync(folder, bucket, told)
    assert names_in(bucket) == set(names)


def test_a_link_out_of_the_folder_gives_no_other_file_away(
    folder: FolderStore, bucket: S3Store, told: Told, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("a password")
    (folder.root / ("a" * 64)).symlink_to(tmp_path / "secret")
    assert sync(folder, bucket, told).damaged == ["a" * 64]
    assert names_in(bucket) == set()


def test_copying_deletes_nothing(folder: FolderStore, bucket: S3Store, told: Told) -> None:
    kept, gone = stored(folder, 1, 2)
    sync(folder, bucket, told)
    folder.delete(gone)
    assert plan(folder, bucket).superfluous == [gone]
    sync(folder, bucket, told)
    assert names_in(bucket) == {kept, gone}


def test_a_missing_folder_is_named(tmp_path: Path, bucket: S3Store) -> None:
    with pytest.raises(PreflightError, match="is not there"):
        plan(FolderStore(tmp_path / "none"), bucket)


def test_a_damaged_file_is_named_and_not_copied(folder: FolderStore, bucket: S3Store, told: Told) -> None:
    good, flipped, short = stored(folder, 1, 2, 3)
    damage(folder, flipped, lambda content: content.__setitem__(7, content[7] ^ 1))
    damage(folder, short, lambda content: content.pop())
    outcome = sync(folder, bucket, told)
    assert sorted(outcome.damaged) == sorted([flipped, short])
    assert names_in(bucket) == {good}
    assert len(told.of("warning")) == 2


def test_a_file_that_cannot_be_read_is_named_and_keeps_no_other_from_being_copied(
    folder: FolderStore, bucket: S3Store, told: Told
) -> None:
    unreadable, *others = stored(folder, *range(10))
    make_unreadable(folder, unreadable)
    outcome = sync(folder, bucket, told)
    assert (outcome.unreadable, outcome.damaged) == ([unreadable], [])
    assert names_in(bucket) == set(others)
    [warning] = told.of("warning")
    assert f"{unreadable} cannot be read: Input/output error" in warning


def test_a_short_copy_is_replaced_and_any_other_when_it_is_named(
    folder: FolderStore, bucket: S3Store, told: Told
) -> None:
    short, flipped = stored(folder, 1, 2)
    sync(folder, bucket, told)
    damage(bucket, short, lambda content: content.pop())
    damage(bucket, flipped, lambda content: content.reverse())
    assert list(plan(folder, bucket).missing) == [short]
    todo = plan(folder, bucket, again=[flipped])
    assert set(todo.missing) == {short, flipped}
    assert execute(todo, folder, bucket, told).copied == 2
    with bucket.reading(flipped) as stream, folder.reading(flipped) as original:
        assert stream.read(4000) == original.read(4000)


def test_what_is_named_and_not_there_is_refused(folder: FolderStore, bucket: S3Store) -> None:
    with pytest.raises(ConfigurationError, match="has no aaa"):
        plan(folder, bucket, again=["aaa"])


def test_a_file_deleted_meanwhile_is_no_error(folder: FolderStore, bucket: S3Store, told: Told) -> None:
    kept, gone = stored(folder, 1, 2)
    todo = plan(folder, bucket)
    folder.delete(gone)
    assert execute(todo, folder, bucket, told) == Outcome(copied=1, bytes=3000)
    assert names_in(bucket) == {kept}


def test_a_bucket_that_fails_half_way_is_told_of_and_the_next_run_does_the_rest(
    folder: FolderStore, bucket: S3Store, told: Told
) -> None:
    names = stored(folder, *range(10))
    with misbehaving(bucket.bucket.endpoint) as faults:
        broken = S3Store(replace(bucket.bucket, endpoint=faults.url))
        faults.on(wrong.status(403, "AccessDenied"), lambda method, path: method == "PUT" and names[5] in path)
        with pytest.raises(StoreError, match="AccessDenied"):
            sync(folder, broken, told)
    assert names[5] not in names_in(bucket)
    sync(folder, bucket, told)
    assert names_in(bucket) == set(names)
