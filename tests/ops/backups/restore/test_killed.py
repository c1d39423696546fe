"""A restore killed at any step leaves a database that serves, and goes through the next time."""

import signal

import pytest

from ops.backups.source import StoredDump
from ops.backups.stores.folder import FolderStore
from ops.backups.target import Target
from tests.ops.backups.restore.seen import EARLIER, LATER, databases, marks, run
from tests.processes import python

STEPS = [
    ("source.StoredDump._unseal", 1),
    ("swap.make_empty", 1),
    ("load.run", 1),
    ("load.run", 2),
    ("load.load_rows", 1),
    ("load.run", 3),
    ("load.check", 1),
    ("load.analyze", 1),
    ("aftercare.erase_again", 1),
    ("aftercare.send_nothing_twice", 1),
    ("swap._rename", 1),
    ("swap._rename", 2),
    ("swap.put_in_place", 1),
    ("restore._forget_caches", 1),
]
KILLED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ops.backups.catalogue import find
from ops.backups.restore import restore
from ops.backups.source import StoredDump
from ops.backups.stores.folder import FolderStore
from ops.backups.target import Target
from tests.ops.backups.deadly import die_at

url, client, folder, backup_id, step, call, when = sys.argv[1:]
die_at(step, int(call), when)
source = StoredDump(find([FolderStore(Path(folder))], backup_id))
restore(Target(url, Path(client)), source, tell=lambda event: None, now=datetime.now(UTC))
"""


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("step", "call"), STEPS)
def test_killed_at_any_step_it_leaves_a_database_and_goes_through_the_next_time(
    target: Target, source: StoredDump, folder: FolderStore, step: str, call: int, when: str
) -> None:
    arguments = [target.url, str(target.client), str(folder.root), source.name, step, str(call), when]
    with python(KILLED, *arguments) as process:
        assert process.wait(60) == -signal.SIGKILL
    swapped = step == "restore._forget_caches" or (step, when) == ("swap.put_in_place", "after")
    assert marks(target) == (EARLIER if swapped else LATER)
    run(target, source)
    assert marks(target) == EARLIER
    assert not [name for name in databases(target) if name.endswith("_restoring")]
