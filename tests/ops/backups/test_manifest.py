"""The record of a backup: no byte of it can change unseen."""

from random import Random

import pytest

from ops.backups.manifest import new_id, object_key, parse, time_of
from ops.backups.stores.folder import FolderStore
from ops.errors import VerificationError
from tests.ops.backups.made import NOW, backup_in


def test_it_comes_back_as_it_was(folder: FolderStore) -> None:
    manifest = backup_in(folder)
    assert parse(manifest.encode()) == manifest


def test_every_flipped_byte_is_found(folder: FolderStore) -> None:
    data = backup_in(folder).encode()
    for place in range(len(data)):
        for mask in (0x01, 0x20, 0x80):
            with pytest.raises(VerificationError):
                parse(data[:place] + bytes([data[place] ^ mask]) + data[place + 1 :])


def test_every_truncation_is_found(folder: FolderStore) -> None:
    data = backup_in(folder).encode()
    for length in range(len(data)):
        with pytest.raises(VerificationError):
            parse(data[:length])


@pytest.mark.parametrize("data", [b"[]", b"null", b'{"format": 1}', b"[" * 100_000, Random(1).randbytes(50)])
def test_what_is_no_manifest_is_refused(data: bytes) -> None:
    with pytest.raises(VerificationError):
        parse(data)


def test_an_id_is_the_moment() -> None:
    assert new_id(NOW) == "backup_20260301_020000"
    assert time_of(new_id(NOW)) == NOW
    assert object_key(new_id(NOW), encrypted=True) == "database/backup_20260301_020000.dump.zst.age"
    with pytest.raises(ValueError, match="match"):
        time_of("backup_of_monday")
