"""Every table and every kind of value comes back as it was."""

from ops.backups.catalogue import find
from ops.backups.create import create
from ops.backups.restore import loaded
from ops.backups.source import StoredDump
from ops.backups.stores.folder import FolderStore
from ops.backups.target import Target
from tests.ops.backups.restore.extremes import fill
from tests.ops.backups.restore.seen import dumped, ignore, run


def test_the_dumps_of_both_sides_are_equal(target: Target, source: StoredDump, folder: FolderStore) -> None:
    run(target, source)  # PostgreSQL spells some constraints otherwise once they were loaded, and then keeps to it
    with target.connect(target.name) as connection:
        tables = fill(connection)
    manifest = create(target.at(target.name), [folder], tell=ignore).manifest
    assert [table for table in tables if manifest.rows[f"public.{table}"] < 2] == []
    with loaded(target, StoredDump(find([folder], manifest.id)), target.name, ignore) as new:
        assert dumped(target, new) == dumped(target, target.name)
