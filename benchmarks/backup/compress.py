"""`pg_dump | python -m benchmarks.backup.compress LEVEL`: compress as ours does, and print how many bytes it is."""

import sys
from typing import cast

from ops.backups.encryption import CHUNK
from ops.backups.stores.base import Reader
from ops.backups.stream import compressed


def main() -> None:
    stored = compressed(cast("Reader", sys.stdin.buffer), int(sys.argv[1]))
    print(sum(len(data) for data in iter(lambda: stored.read(CHUNK), b"")))


if __name__ == "__main__":
    main()
