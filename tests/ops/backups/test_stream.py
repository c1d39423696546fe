"""What is stored is proved: any flipped byte, any truncation, encrypted or not; and opened only with its key."""

from io import BytesIO
from pathlib import Path
from random import Random

import pyrage  # type: ignore[import-untyped]
import pytest

from ops.backups.encryption import read_identities
from ops.backups.manifest import Manifest
from ops.backups.stores.base import put
from ops.backups.stores.folder import FolderStore
from ops.backups.stream import unseal, verify
from ops.errors import ConfigurationError, VerificationError
from tests.ops.backups.made import backup_in, dump_in, payload

PLACES = 200
IDENTITY = pyrage.x25519.Identity.generate()
RECIPIENTS = pytest.mark.parametrize("recipient", ["", str(IDENTITY.to_public())], ids=["plain", "age"])


def refused(store: FolderStore, manifest: Manifest) -> None:
    with pytest.raises(VerificationError):
        verify(store, manifest)
    with pytest.raises(VerificationError):
        unseal(store, manifest, BytesIO(), [IDENTITY])


@RECIPIENTS
def test_the_dump_comes_back(folder: FolderStore, recipient: str) -> None:
    manifest = backup_in(folder, recipient=recipient)
    verify(folder, manifest)
    assert dump_in(folder, manifest, [IDENTITY]) == payload()


@RECIPIENTS
def test_a_flipped_byte_anywhere_is_found(folder: FolderStore, recipient: str) -> None:
    manifest = backup_in(folder, recipient=recipient)
    random = Random(1)
    whole = (folder.root / manifest.object).read_bytes()
    for place in random.sample(range(len(whole)), PLACES):
        damaged = bytearray(whole)
        damaged[place] ^= random.randrange(1, 256)
        put(folder, manifest.object, bytes(damaged))
        refused(folder, manifest)


@RECIPIENTS
def test_a_truncation_anywhere_is_found(folder: FolderStore, recipient: str) -> None:
    manifest = backup_in(folder, recipient=recipient)
    whole = (folder.root / manifest.object).read_bytes()
    for length in Random(2).sample(range(len(whole)), PLACES):
        put(folder, manifest.object, whole[:length])
        refused(folder, manifest)


def test_another_key_is_told_apart_from_damage(folder: FolderStore) -> None:
    manifest = backup_in(folder, recipient=str(IDENTITY.to_public()))
    for identities in (None, [pyrage.x25519.Identity.generate()]):
        with pytest.raises(ConfigurationError, match="does not open") as caught:
            unseal(folder, manifest, BytesIO(), identities)
        assert "BACKUP_IDENTITY_FILE" in caught.value.next_command


@RECIPIENTS
def test_a_full_disk_of_the_reader_is_not_called_damage(folder: FolderStore, recipient: str) -> None:
    manifest = backup_in(folder, recipient=recipient)
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(OSError, match="No space"):
        unseal(folder, manifest, full, [IDENTITY])


def test_identity_files(tmp_path: Path) -> None:
    file = tmp_path / "identity.txt"
    file.write_text(f"# created: today\n# public key: …\n{IDENTITY}\n")
    assert [str(found) for found in read_identities(file)] == [str(IDENTITY)]
    for text in ("", "# nothing", "AGE-SECRET-KEY-1NONSENSE"):
        file.write_text(text)
        with pytest.raises(ConfigurationError, match="identity"):
            read_identities(file)
    with pytest.raises(ConfigurationError, match="cannot be used"):
        read_identities(tmp_path / "none")
