"""The command that opens psql on the local database."""

from ops.dev.choices import Infra
from ops.dev.infra import embedded_postgres
from ops.dev.project import Project
from ops.dev.state import find_running
from ops.embedded.binaries import find_postgres
from ops.errors import PreflightError


def psql_argv(project: Project) -> list[str]:
    """Return psql's command line, as the owner of the running database.

    Raises:
        PreflightError: nothing runs, or there is no psql.
    """
    running = find_running(project)
    if running is None or not running.owner_url:
        raise PreflightError("The local database does not run.", next_command="langagent dev up")
    embedded = running.infra == Infra.EMBEDDED
    binaries = embedded_postgres(project).binaries if embedded else find_postgres()
    return [binaries.program("psql"), running.owner_url]
