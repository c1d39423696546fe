"""One flipped byte anywhere, or a cut at any length, is found by `verify` and refused by `restore`, every time."""

from collections.abc import Callable
from random import Random

import psycopg
import pyrage  # type: ignore[import-untyped]
import pytest

from ops.backups.catalogue import find
from ops.backups.create import create
from ops.backups.database import Database
from ops.backups.source import StoredDump
from ops.backups.stores.folder import FolderStore
from ops.backups.target import Target
from ops.backups.verify import verify_all
from ops.errors import VerificationError
from tests.ops.backups.restore.seen import EARLIER, ignore, marks, nothing_has_changed, run

PLACES = 200
IDENTITY = pyrage.x25519.Identity.generate()

Damage = Callable[[Random, bytes], bytes]


def flipped(random: Random, whole: bytes) -> bytes:
    place = random.randrange(len(whole))
    return whole[:place] + bytes([whole[place] ^ random.randrange(1, 256)]) + whole[place + 1 :]


def cut(random: Random, whole: bytes) -> bytes:
    return whole[: random.randrange(len(whole))]


@pytest.mark.parametrize("damage", [flipped, cut])
@pytest.mark.parametrize(
    ("part", "recipient"),
    [("object", ""), ("object", str(IDENTITY.to_public())), ("key", "")],
    ids=["dump", "encrypted dump", "manifest"],
)
def test_damage_is_found_and_refused(
    database: Database, target: Target, folder: FolderStore, damage: Damage, recipient: str, part: str
) -> None:
    manifest = create(database, [folder], recipient=recipient, tell=ignore).manifest
    with psycopg.connect(database.url) as connection:
        connection.execute("insert into marks values (2, 'after')")
    path = folder.root / getattr(manifest, part)
    whole, random = path.read_bytes(), Random(PLACES)
    for _ in range(PLACES):
        path.write_bytes(damage(random, whole))
        copies = find([folder], manifest.id)
        assert [bool(proof.problem) for proof in verify_all(copies, ignore)] == [True]
        with pytest.raises(VerificationError, match="damaged"):
            run(target, StoredDump(copies, [IDENTITY]))
        nothing_has_changed(target)
    path.write_bytes(whole)
    run(target, StoredDump(find([folder], manifest.id), [IDENTITY]))
    assert marks(target) == EARLIER
