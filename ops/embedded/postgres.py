"""An embedded PostgreSQL server: our roles, our database, one unix socket."""

import os
import shutil
import signal
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

import psycopg
from psycopg import sql

from ops.embedded.binaries import PostgresBinaries, Source, find_postgres
from ops.embedded.child import namespaces_allowed
from ops.embedded.server import START_SECONDS, EmbeddedServer
from ops.errors import PreflightError

DATABASE = "langagent"
OWNER = "langagent_owner"
ROLES = (OWNER, "langagent_app", "langagent_backup")
SUPERUSER = "postgres"
NOBODY = "65534:65534"
BUILTIN_LOCALE_SINCE = 17

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class EmbeddedPostgres(EmbeddedServer):
    """PostgreSQL in `folder`; `durable=False` trades crash safety for speed (tests), `settings` are more of its own."""

    kind = "postgres"
    stop_signal = signal.SIGINT  # "fast": sessions are ended, the data is checkpointed

    def __init__(
        self,
        folder: Path,
        *,
        source: Source = "auto",
        durable: bool = True,
        log: Path | None = None,
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        super().__init__(folder, log=log)
        self.settings = settings
        self.source = source
        self.durable = durable
        self._binaries: PostgresBinaries | None = None

    @property
    def cluster(self) -> Path:
        return self.data.path / "cluster"

    @property
    def binaries(self) -> PostgresBinaries:
        """The installation that serves this folder: the cluster's own version, once there is a cluster."""
        if self._binaries is None:
            self._binaries = find_postgres(self.source, major=self._cluster_major())
        return self._binaries

    @property
    def identity(self) -> str:
        """PostgreSQL refuses root: it then runs as the owner of its cluster, or unprivileged in a namespace."""
        if os.geteuid() != 0:
            return "same"
        owner = self.cluster.stat() if self.cluster.exists() else None
        if owner and owner.st_uid != 0:
            return f"{owner.st_uid}:{owner.st_gid}"
        return "namespace" if namespaces_allowed() else NOBODY

    def url(self, role: str = "langagent_app", database: str = DATABASE) -> str:
        """A URL that asyncpg, psycopg and yoyo all read."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.data.sockets), safe='/')}"

    def _prepare(self) -> None:
        self._refuse_live_stranger()
        self._give_to_server(self.data.path, self.data.sockets)
        if not self.cluster.exists():
            self._make_cluster()

    def _argv(self) -> list[str]:
        settings = {**SETTINGS, **self.settings, "unix_socket_directories": str(self.data.sockets)}
        if not self.durable:
            settings |= FORGETFUL
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [self.binaries.program("postgres"), "-D", str(self.cluster), *options]

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _finish(self) -> None:
        with psycopg.connect(self.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            make_roles(connection)
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone():
                create = sql.SQL("CREATE DATABASE {} OWNER {}")
                connection.execute(create.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))

    def _make_cluster(self) -> None:
        """Under another name until it is whole: a killed initdb leaves nothing that looks like a cluster."""
        making = self.data.path / "cluster.making"
        shutil.rmtree(making, ignore_errors=True)
        process = self._spawn(initdb_argv(self.binaries, making, durable=self.durable))
        if process.wait(START_SECONDS):
            raise self._failure("The database cluster could not be made")
        making.rename(self.cluster)

    def _cluster_major(self) -> int | None:
        if not self.cluster.exists():
            return None
        try:
            return int((self.cluster / "PG_VERSION").read_text())
        except (OSError, ValueError) as error:
            raise PreflightError(
                f"{self.cluster} is not a PostgreSQL cluster that can be read ({error}).",
                state="Nothing in it was touched.",
                next_command=f"mv '{self.data.path}' '{self.data.path}.damaged' and start again",
            ) from error

    def _refuse_live_stranger(self) -> None:
        """A server started by hand does not hold our lock; a stale pid file may name any process at all."""
        pid_file = self.cluster / "postmaster.pid"
        if not pid_file.exists():
            return
        first_line = pid_file.read_text().partition("\n")[0]
        pid = int(first_line) if first_line.isdecimal() else 0
        if runs_in(pid, self.cluster):
            raise PreflightError(
                f"A PostgreSQL server that langagent did not start (process {pid}) runs in {self.cluster}.",
                state="It was left alone; nothing was started.",
                next_command=f"kill -INT {pid}",
            )
        pid_file.unlink()

    def _give_to_server(self, *folders: Path) -> None:
        if ":" in (identity := self.identity):
            uid, gid = map(int, identity.split(":"))
            for folder in folders:
                os.chown(folder, uid, gid)


def make_roles(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Create those of our roles that are missing."""
    found = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    for role in ROLES:
        if role not in found:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))


def initdb_argv(binaries: PostgresBinaries, cluster: Path, *, durable: bool) -> list[str]:
    """The command that makes a cluster with the same sort order on every machine."""
    argv = [binaries.program("initdb"), "-D", str(cluster), "-U", SUPERUSER, "-A", "trust", "--encoding=UTF8"]
    if binaries.major >= BUILTIN_LOCALE_SINCE:
        argv += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    else:
        argv += ["--locale=C.UTF-8"]
    return argv if durable else [*argv, "--no-sync"]


def runs_in(pid: int, folder: Path) -> bool:
    """Whether that process works in `folder`, as a PostgreSQL server does in its cluster."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == folder.resolve()
    except OSError:
        return False
