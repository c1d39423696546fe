"""Pruning touches what is too old and ours, and nothing else."""

from datetime import timedelta

from ops.backups.catalogue import in_store
from ops.backups.manifest import FOLDER, DatabaseIdentity
from ops.backups.prune import execute, review
from ops.backups.retention import Policy
from ops.backups.stores.base import Store, put
from ops.backups.stores.folder import FolderStore
from tests.ops.backups.made import NOW, OURS, backup_in

LATER = NOW + timedelta(days=100)


def test_the_old_ones_go_and_the_three_newest_stay(store: Store) -> None:
    made = [backup_in(store, at=NOW + timedelta(days=day)) for day in range(5)]
    deleted: list[str] = []
    execute(review([store], OURS, Policy(), LATER), lambda verdict: deleted.append(verdict.backup.id))
    assert deleted == [made[1].id, made[0].id]
    assert [backup.id for backup in in_store(store)] == [made[4].id, made[3].id, made[2].id]
    assert len(store.objects(FOLDER)) == 6


def test_other_databases_and_objects_without_a_manifest_are_never_touched(store: Store) -> None:
    other = DatabaseIdentity("langagent", "another cluster")
    foreign = [backup_in(store, at=NOW - timedelta(days=day), database=other) for day in range(1, 6)]
    put(store, FOLDER + "backup_20200101_020000.dump.zst", b"someone's")
    for day in range(5):
        backup_in(store, at=NOW + timedelta(days=day))
    execute(review([store], OURS, Policy(), LATER), lambda _: None)
    left = {item.key for item in store.objects("")}
    assert left >= {key for manifest in foreign for key in (manifest.object, manifest.key)}
    assert FOLDER + "backup_20200101_020000.dump.zst" in left
    assert len(left) == 10 + 1 + 6


def test_the_only_one_is_kept_for_ever(store: Store) -> None:
    backup_in(store)
    verdicts = review([store], OURS, Policy(days=1), LATER)
    assert [verdict.decision.keep for verdict in verdicts] == [True]


def test_a_prune_cut_short_is_taken_up(folder: FolderStore) -> None:
    made = [backup_in(folder, at=NOW + timedelta(days=day)) for day in range(5)]
    folder.delete(made[0].object)
    execute(review([folder], OURS, Policy(), LATER), lambda _: None)
    assert len(folder.objects(FOLDER)) == 6


def test_looking_deletes_nothing(folder: FolderStore) -> None:
    for day in range(5):
        backup_in(folder, at=NOW + timedelta(days=day))
    review([folder], OURS, Policy(), LATER)
    assert len(in_store(folder)) == 5
