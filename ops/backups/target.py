"""The server that a restore changes, reached as a role that may create and rename databases."""

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ops.backups.config import BackupConfig
from ops.backups.database import Connection, Database
from ops.backups.snapshot import LOCK_POLL_SECONDS, LOCK_SECONDS
from ops.dev.choices import Infra
from ops.dev.infra import docker_databases, embedded_postgres, embedded_redis
from ops.dev.project import Project
from ops.dev.state import find_running
from ops.embedded.postgres import SUPERUSER
from ops.errors import BackupError, ConfigurationError, LockedError

MAINTENANCE = "postgres"
LOCK_KEY = 0x6C616E69  # beside the keys of migrations and backups; the same for every release, for ever
_APPLICATION = "langagent restore"
_TRY_LOCK = "select pg_try_advisory_lock(%s, hashtext(%s))"
_HOLDER = """
select pid, backend_start from pg_locks join pg_stat_activity using (pid)
where locktype = 'advisory' and classid = %s and objid = hashtext(%s)::bigint & 4294967295 and granted
"""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to restore. `url` leads to the database that is replaced; `redis_url` to its caches, empty for none."""

    url: str
    client: Path | None = None
    redis_url: str = ""

    @property
    def name(self) -> str:
        return str(conninfo_to_dict(self.url)["dbname"])

    def at(self, database: str) -> Database:
        """Return a database of the same server."""
        return Database(make_conninfo(self.url, dbname=database), self.client)

    def connect(self, database: str = MAINTENANCE) -> Connection:
        """Connect to a database of the server.

        Raises:
            BackupError: it does not answer or refuses.
        """
        try:
            return self.at(database).connect(_APPLICATION)
        except BackupError as error:
            raise BackupError(
                error.message,
                state="No database was changed.",
                next_command="check RESTORE_DATABASE_URL and that the database runs",
            ) from error


@contextmanager
def open_target(config: BackupConfig, variables: Mapping[str, str]) -> Iterator[Target]:
    """Reach the server that is configured, else that of the checkout, which is run if it rests.

    Raises:
        ConfigurationError: there is none.
        LockedError: somebody is starting or stopping it.
    """
    if url := config.settings.restore_database_url.reveal():
        yield Target(url, redis_url=variables.get("REDIS_URL", ""))
    elif config.project is None:
        raise _nowhere()
    else:
        with _of_checkout(config.project) as target:
            yield target


@contextmanager
def only_one(target: Target, name: str) -> Iterator[None]:
    """Hold the lock of everything that restores into this name; a run that was just killed holds it a moment longer.

    Raises:
        LockedError: another restore is at it.
    """
    with target.connect() as connection:
        deadline = time.monotonic() + LOCK_SECONDS
        while connection.execute(_TRY_LOCK, (LOCK_KEY, name)).fetchone() != (True,):
            if time.monotonic() > deadline:
                raise _is_locked(connection, name)
            time.sleep(LOCK_POLL_SECONDS)
        yield


@contextmanager
def _of_checkout(project: Project) -> Iterator[Target]:
    postgres, redis = embedded_postgres(project), embedded_redis(project)
    running = find_running(project)
    if running and running.infra == Infra.DOCKER:
        yield Target(running.owner_url, redis_url=docker_databases().redis_url)
    elif running and running.infra == Infra.EMBEDDED:
        yield Target(postgres.url(SUPERUSER), postgres.binaries.folder, redis.url)
    elif running or not postgres.cluster.exists():
        raise _nowhere()
    else:
        with ExitStack() as stack:
            for server in (postgres, redis):
                stack.enter_context(server)
            yield Target(postgres.url(SUPERUSER), postgres.binaries.folder, redis.url)


def _is_locked(connection: Connection, name: str) -> LockedError:
    holder = connection.execute(_HOLDER, (LOCK_KEY, name)).fetchone()
    who = f" (database process {holder[0]}, since {holder[1]:%Y-%m-%d %H:%M:%S %Z})" if holder else ""
    return LockedError(
        f"Another restore into {name} is running{who}.",
        state="Nothing was changed by this command.",
        next_command="wait for it, then the same command again",
    )


def _nowhere() -> ConfigurationError:
    return ConfigurationError(
        "There is no database to restore into: RESTORE_DATABASE_URL is not set, and there is no local one of ours.",
        state="Nothing was changed.",
        next_command="set RESTORE_DATABASE_URL (a role that may create databases), or `langagent dev up`",
    )
