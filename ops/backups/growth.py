"""How large a database has become while it is filled: nothing else shows that a load goes on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event as Flag

import psycopg

from ops.backups.meter import Tell, meter
from ops.backups.target import Target
from ops.errors import BackupError

LOOK_SECONDS = 0.5


@contextmanager
def growth_told(target: Target, database: str, tell: Tell) -> Iterator[None]:
    """Tell of `progress` in bytes as long as the context lasts; what it will be in the end nobody knows."""
    done = Flag()
    passed = meter(0, tell)

    def look() -> None:
        try:
            with target.connect() as connection:
                while not done.wait(LOOK_SECONDS):
                    row = connection.execute("select pg_database_size(%s)", (database,)).fetchone()
                    passed(row[0] if row else 0)
        except (psycopg.Error, BackupError):
            return  # the load itself will say what is wrong

    with ThreadPoolExecutor(1, thread_name_prefix="growth") as pool:
        pool.submit(look)
        try:
            yield
        finally:
            done.set()
