"""Memory stays bounded: with the parts that half a terabyte needs, too."""

import subprocess
import sys
from pathlib import Path

from ops.backups.catalogue import in_store
from ops.backups.database import Database
from ops.backups.stores.base import MIB
from ops.backups.stores.s3 import LARGEST_COMMON_PART, Bucket, S3Store
from tests.cli.command import PROGRAM
from tests.ops.backups.clients import client
from tests.ops.backups.test_killed import environment

DUMP_BYTES = 250_000_000
LIMIT_MIB = 200
# The peak that the kernel notes of a process begins with that of the one it was forked from: here a small one.
PEAK_OF = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_a_backup_with_the_largest_parts_stays_within_the_limit(
    bucket: Bucket, database: Database, tmp_path: Path
) -> None:
    store = S3Store(bucket)
    incompressible = client(tmp_path / "client", database.client or Path(), f"head -c {DUMP_BYTES} /dev/urandom")
    env = {
        **environment(store, database, str(incompressible)),
        "BACKUP_S3_PART_MIB": str(LARGEST_COMMON_PART // MIB),
        "LANGAGENT_ENV_FILE": str(tmp_path / "no.env"),
    }
    done = subprocess.run(
        [sys.executable, "-c", PEAK_OF, PROGRAM, "backup"], env=env, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) / 1024 < LIMIT_MIB
    assert [backup.good for backup in in_store(store)] == [True]
