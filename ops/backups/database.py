"""The database that is backed up, reached as the role that reads all of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from ops.backups.client import find_client
from ops.backups.config import BackupConfig
from ops.backups.manifest import DatabaseIdentity
from ops.dev.choices import Infra
from ops.dev.infra import embedded_postgres
from ops.dev.project import Project
from ops.dev.state import find_running
from ops.errors import BackupError, ConfigurationError
from ops.migrations.grants import BACKUP

Connection = psycopg.Connection[tuple[Any, ...]]
_ENVIRONMENT = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "connect_timeout": "PGCONNECT_TIMEOUT",
}
_SESSION = "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c client_connection_check_interval=5s"


@dataclass(frozen=True, slots=True)
class Database:
    """A running database; `client` is the folder of pg_dump where the server brought its own."""

    url: str
    client: Path | None = None

    def connect(self, application: str = "langagent backup") -> Connection:
        """Open a connection that no time-out of the server's ends.

        Raises:
            BackupError: the database does not answer or refuses.
        """
        try:
            return psycopg.connect(
                self.url,
                autocommit=True,
                connect_timeout=10,
                application_name=application,
                options=_SESSION,
            )
        except psycopg.Error as error:
            raise BackupError(
                f"The database cannot be reached: {str(error).strip()}",
                state="Nothing was backed up; earlier backups are untouched.",
                next_command="check BACKUP_DATABASE_URL and that the database runs",
            ) from error

    def program(self, name: str, major: int) -> str:
        """Return the path of a client program of the server's version.

        Raises:
            PreflightError: there is none.
        """
        return str((self.client or find_client(major)) / name)

    def environment(self) -> dict[str, str]:
        """Return the variables that lead libpq's programs there, so that no password is in a command line."""
        parts = psycopg.conninfo.conninfo_to_dict(self.url)
        return {_ENVIRONMENT[name]: str(value) for name, value in parts.items() if name in _ENVIRONMENT}


@contextmanager
def open_database(config: BackupConfig) -> Iterator[Database]:
    """Reach the database that is configured, else that of the checkout, whose embedded server is run if it rests.

    Raises:
        ConfigurationError: there is none.
        LockedError: somebody is starting or stopping it.
    """
    if url := config.settings.backup_database_url.reveal():
        yield Database(url)
    elif config.project is None:
        raise _nowhere()
    else:
        with _of_checkout(config.project) as database:
            yield database


def find_url(config: BackupConfig) -> str:
    """Return where the database answers when it runs; empty when there is none."""
    if url := config.settings.backup_database_url.reveal():
        return url
    if config.project is None:
        return ""
    running = find_running(config.project)
    if running and running.infra != Infra.EMBEDDED:
        return running.owner_url
    return embedded_postgres(config.project).url(BACKUP)


@contextmanager
def _of_checkout(project: Project) -> Iterator[Database]:
    server = embedded_postgres(project)
    running = find_running(project)
    if running and running.infra != Infra.EMBEDDED:
        yield Database(running.owner_url)
    elif running:
        yield Database(server.url(BACKUP), server.binaries.folder)
    elif server.cluster.exists():
        with server:
            yield Database(server.url(BACKUP), server.binaries.folder)
    else:
        raise _nowhere()


def identify(connection: Connection) -> DatabaseIdentity:
    """Return which database a connection leads to."""
    row = connection.execute("select current_database(), system_identifier::text from pg_control_system()").fetchone()
    if row is None:
        raise RuntimeError("pg_control_system() gave no row")
    return DatabaseIdentity(*row)


def _nowhere() -> ConfigurationError:
    return ConfigurationError(
        "There is no database to back up: BACKUP_DATABASE_URL is not set, and no local database was ever made.",
        state="Nothing was done.",
        next_command="set BACKUP_DATABASE_URL (the role is langagent_backup), or `langagent dev up`",
    )
