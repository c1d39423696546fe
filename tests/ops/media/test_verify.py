"""Every byte of every object is read back: what is damaged, missing or foreign is found."""

from collections.abc import Callable
from random import Random

import pytest

from ops.backups.stores.base import Store, put
from ops.backups.stores.folder import FolderStore
from ops.backups.stores.s3 import S3Store
from ops.media.references import References
from ops.media.verify import Report, verify
from tests.ops.backups.conftest import empty_bucket
from tests.ops.media.conftest import Told, damage, make_unreadable, stored
from tests.servers import S3_SERVERS

Refer = Callable[..., None]


@pytest.fixture(params=["folder", *S3_SERVERS])
def store(request: pytest.FixtureRequest, folder: FolderStore) -> Store:
    """Every kind of store, empty."""
    if request.param == "folder":
        return folder
    return S3Store(empty_bucket(request.getfixturevalue(f"{request.param}_url")))


def test_what_is_whole(store: Store, references: References, refer: Refer, told: Told) -> None:
    names = stored(store, *range(7))
    refer(*names)
    report = verify(store, references, told)
    assert report == Report(store.name, whole=7, bytes=21_000)
    assert report.is_good


def test_an_empty_store(store: Store, references: References, told: Told) -> None:
    assert verify(store, references, told).is_good


@pytest.mark.parametrize("seed", range(10))
def test_a_flipped_bit_is_found(folder: FolderStore, told: Told, seed: int) -> None:
    damaged, _ = stored(folder, 1, 2)
    place, bit = Random(seed).randrange(3000), 1 << Random(seed).randrange(8)
    damage(folder, damaged, lambda content: content.__setitem__(place, content[place] ^ bit))
    report = verify(folder, None, told)
    assert (report.damaged, report.whole, report.is_good) == ([damaged], 1, False)


@pytest.mark.parametrize("length", [0, 1, 1500, 2999])
def test_a_truncation_is_found(store: Store, told: Told, length: int) -> None:
    damaged, _ = stored(store, 1, 2)
    damage(store, damaged, lambda content: content.__delitem__(slice(length, None)))
    report = verify(store, None, told)
    assert (report.damaged, report.whole, report.is_good) == ([damaged], 1, False)


def test_a_file_that_cannot_be_read_is_named_and_all_others_are_proved(folder: FolderStore, told: Told) -> None:
    unreadable, _, _ = stored(folder, 1, 2, 3)
    make_unreadable(folder, unreadable)
    report = verify(folder, None, told)
    assert (report.unreadable, report.damaged, report.whole, report.is_good) == ([unreadable], [], 2, False)


def test_what_rows_speak_of_and_is_not_there_is_missing(
    store: Store, references: References, refer: Refer, told: Told
) -> None:
    kept, lost = stored(store, 1, 2)
    refer(kept, lost)
    store.delete(lost)
    assert verify(store, references, told).missing == [lost]


def test_what_is_no_object_of_ours_is_foreign(store: Store, told: Told) -> None:
    stored(store, 1)
    for name in ("notes.txt", "sub/" + "a" * 64):
        put(store, name, b"x")
    report = verify(store, None, told)
    assert (sorted(report.foreign), report.whole, report.is_good) == (["notes.txt", "sub/" + "a" * 64], 1, False)


class Busy(References):
    """A database whose files come and go while the store is read."""

    def __init__(self, *answers: set[str]) -> None:
        self._answers = list(answers)

    def names(self) -> set[str]:
        return self._answers.pop(0)


def test_what_comes_and_goes_meanwhile_is_not_missing(folder: FolderStore, told: Told) -> None:
    kept, gone, new = stored(folder, 1, 2, 3)
    folder.delete(gone)
    folder.delete(new)
    assert verify(folder, Busy({kept, gone}, {kept, new}), told).missing == []
