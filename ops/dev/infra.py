"""The databases of a development run: embedded, in Docker, or somewhere else."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from ops.dev.choices import Infra
from ops.dev.project import Project
from ops.embedded.binaries import find_postgres, find_redis
from ops.embedded.postgres import OWNER, EmbeddedPostgres
from ops.embedded.redis import EmbeddedRedis
from ops.embedded.server import EmbeddedServer
from ops.errors import ConfigurationError, OpsError, PreflightError

DOCKER_POSTGRES_PORT = "54329"
DOCKER_REDIS_PORT = "63799"


@dataclass(frozen=True, slots=True)
class Databases:
    """Running databases; `owner_url` may change the schema, `app_url` only rows."""

    infra: Infra
    owner_url: str
    app_url: str
    redis_url: str
    servers: tuple[EmbeddedServer, ...] = ()

    def require_alive(self) -> None:
        """Refuse to go on without a database.

        Raises:
            OpsError: an embedded server has ended; the message has its last lines.
        """
        for server in self.servers:
            if not server.is_alive:
                raise OpsError(
                    f"The embedded {server.kind} server has ended. The end of its log:\n{server.log_tail()}",
                    state="Everything was stopped; the data in its folder was kept.",
                    next_command="langagent dev up",
                )


def choose(wanted: Infra) -> Infra:
    """Resolve `auto`: embedded servers where there are any, else Docker.

    Raises:
        PreflightError: neither is there.
    """
    if wanted is not Infra.AUTO:
        return wanted
    try:
        find_postgres()
        find_redis()
    except PreflightError as error:
        if shutil.which("docker"):
            return Infra.DOCKER
        raise PreflightError(
            f"{error.message} Docker is not installed either.", state=error.state, next_command="make up"
        ) from error
    return Infra.EMBEDDED


@contextmanager
def running(project: Project, infra: Infra, variables: Mapping[str, str]) -> Iterator[Databases]:
    """Run the databases as long as the context lasts. `variables` name the external ones."""
    with ExitStack() as stack:
        if infra is Infra.EXTERNAL:
            yield external(variables)
        elif infra is Infra.DOCKER:
            yield stack.enter_context(_docker(project))
        else:
            yield stack.enter_context(_embedded(project))


def embedded_postgres(project: Project) -> EmbeddedPostgres:
    return EmbeddedPostgres(project.state / "postgres", log=project.logs / "postgres.log")


def embedded_redis(project: Project) -> EmbeddedRedis:
    return EmbeddedRedis(project.state / "redis", log=project.logs / "redis.log")


def external(variables: Mapping[str, str]) -> Databases:
    """Return the databases that the variables name.

    Raises:
        ConfigurationError: a variable is missing.
    """
    missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not variables.get(name)]
    if missing:
        raise ConfigurationError(
            f"--infra external needs {' and '.join(missing)} in the environment or in .env.",
            state="Nothing was started.",
            next_command="langagent dev up (without --infra: databases of its own)",
        )
    app_url = variables["DATABASE_URL"]
    return Databases(Infra.EXTERNAL, variables.get("DATABASE_OWNER_URL") or app_url, app_url, variables["REDIS_URL"])


def compose_argv(project: Project, *arguments: str) -> list[str]:
    """Return a `docker compose` command on the local file."""
    return ["docker", "compose", "--file", str(project.compose_file), *arguments]


def docker_databases() -> Databases:
    """Return the addresses that the local Compose file publishes."""
    postgres = f"127.0.0.1:{DOCKER_POSTGRES_PORT}/langagent"
    return Databases(
        Infra.DOCKER,
        f"postgresql://{OWNER}@{postgres}",
        f"postgresql://langagent_app@{postgres}",
        f"redis://127.0.0.1:{DOCKER_REDIS_PORT}/0",
    )


@contextmanager
def _embedded(project: Project) -> Iterator[Databases]:
    with embedded_postgres(project) as postgres, embedded_redis(project) as redis:
        yield Databases(Infra.EMBEDDED, postgres.url(OWNER), postgres.url(), redis.url, (postgres, redis))


@contextmanager
def _docker(project: Project) -> Iterator[Databases]:
    compose(project, "up", "--detach", "--wait")
    try:
        yield docker_databases()
    finally:
        compose(project, "stop")


def compose(project: Project, *arguments: str) -> None:
    """Run `docker compose`.

    Raises:
        PreflightError: Docker is missing or refuses; the message has its words.
    """
    try:
        done = subprocess.run(compose_argv(project, *arguments), capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise PreflightError(
            "Docker is not installed.", state="Nothing was started.", next_command="langagent dev up --infra embedded"
        ) from error
    if done.returncode:
        raise PreflightError(
            f"`docker compose {' '.join(arguments)}` failed:\n{done.stderr.strip()}",
            next_command="docker info, or `langagent dev up --infra embedded`",
        )
