"""One process does the work, however many there are: the one that holds a lock of the database."""

from contextlib import suppress
from typing import Final

import psycopg

from ops.backups.database import Connection

LOCK_KEY: Final = (
    0x6C616E6A  # beside the keys of migrations, backups and restores; the same for every release, for ever
)


class Leader:
    """Holds the lock as long as the process lives. `problem` says why the database does not answer, else it is empty.

    Args:
        url: The database, or empty when there is none that could hold a lock.
    """

    def __init__(self, url: str) -> None:
        self.problem = ""
        self._url = url
        self._connection: Connection | None = None
        self._holds = False

    def leads(self) -> bool:
        """Say whether this process is to work: it holds the lock, or the database cannot say who does.

        Without the database a backup is not possible, but the owner has to hear of that: rather twice than never.
        """
        if not self._url:
            return True
        try:
            self._holds = self._still_holds() or self._takes()
        except psycopg.Error as error:
            self.close()
            self.problem = str(error).strip() or type(error).__name__
            return True
        self.problem = ""
        return self._holds

    def close(self) -> None:
        """Give the lock back."""
        self._holds = False
        if self._connection:
            with suppress(psycopg.Error):
                self._connection.close()
        self._connection = None

    def _still_holds(self) -> bool:
        if self._holds and self._connection:
            self._connection.execute("select 1")
        return self._holds

    def _takes(self) -> bool:
        if self._connection is None:
            self._connection = psycopg.connect(
                self._url,
                autocommit=True,
                application_name="langagent schedule",
                connect_timeout=5,
                tcp_user_timeout=10_000,
            )
        row = self._connection.execute("select pg_try_advisory_lock(%s)", (LOCK_KEY,)).fetchone()
        return row == (True,)
