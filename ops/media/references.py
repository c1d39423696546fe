"""What the database says that there is."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psycopg

from ops.backups.config import BackupConfig
from ops.backups.database import Connection, open_database
from ops.errors import BackupError, ConfigurationError

_FILES = "select encode(sha256, 'hex'), max(bytes) from public.media_files group by sha256"
_UNKNOWN = "Which files the database refers to is not known."


class References:
    """The objects that rows refer to, asked anew each time: files come and go meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sizes(self) -> dict[str, int]:
        """Return their bytes by name.

        Raises:
            BackupError: the database does not say.
        """
        try:
            return dict(self._connection.execute(_FILES).fetchall())
        except psycopg.Error as error:
            raise BackupError(
                f"{_UNKNOWN} The database said: {str(error).strip()}",
                state="No file was deleted.",
                next_command="langagent migrate status (whether it answers and has the product's tables)",
            ) from error

    def names(self) -> set[str]:
        """Return their names; raises as `sizes` does."""
        return set(self.sizes())


@contextmanager
def open_references(config: BackupConfig) -> Iterator[References]:
    """Ask the database that is backed up.

    Raises:
        ConfigurationError: there is none.
        BackupError: it does not answer.
    """
    with ExitStack() as stack:
        try:
            database = stack.enter_context(open_database(config))
            connection = stack.enter_context(database.connect("langagent media"))
        except (BackupError, ConfigurationError) as error:
            raise type(error)(
                f"{_UNKNOWN} {error.message}", state="Nothing was changed.", next_command=error.next_command
            ) from error
        yield References(connection)
