"""Backups are proved one after the other: one that is damaged or cannot be read keeps no other from it."""

from datetime import timedelta

from ops.backups.catalogue import Backup
from ops.backups.stores.folder import FolderStore
from ops.backups.verify import verify_all
from tests.ops.backups.made import NOW, backup_in


def test_one_that_cannot_be_read_is_named_and_the_next_is_proved(folder: FolderStore) -> None:
    unreadable, whole = (backup_in(folder, at=NOW + timedelta(days=day)) for day in range(2))
    (folder.root / unreadable.object).unlink()
    (folder.root / unreadable.object).symlink_to("/proc/self/mem")
    proofs = verify_all([Backup(made.id, folder, made) for made in (unreadable, whole)], lambda event: None)
    assert "cannot be read: Input/output error" in proofs[0].problem
    assert proofs[1].problem == ""
