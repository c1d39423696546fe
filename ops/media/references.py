"""What the database says that there is."""

from collections.abc import Iterator
from contextlib import contextmanager

from ops.backups.config import BackupConfig
from ops.backups.database import Connection, open_database

_FILES = "select encode(sha256, 'hex'), max(bytes) from public.media_files group by sha256"


class References:
    """The objects that rows refer to, asked anew each time: files come and go meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sizes(self) -> dict[str, int]:
        """Return their bytes by name."""
        return dict(self._connection.execute(_FILES).fetchall())

    def names(self) -> set[str]:
        return set(self.sizes())


@contextmanager
def open_references(config: BackupConfig) -> Iterator[References]:
    """Ask the database that is backed up.

    Raises:
        ConfigurationError: there is none.
        BackupError: it does not answer.
    """
    with open_database(config) as database, database.connect("langagent media") as connection:
        yield References(connection)
