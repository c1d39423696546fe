"""The backups of a server, asked of the release that serves there."""

from dataclasses import dataclass
from datetime import UTC, datetime

from ops.errors import ConfigurationError, PreflightError
from ops.hosts.base import Host
from ops.hosts.compose import Compose
from ops.steps.one_off import OneOff

LATEST = "latest"
_ID = "backup_%Y%m%d_%H%M%S"


@dataclass(frozen=True, slots=True)
class Saved:
    """A good backup: when it was made, and the schema of the database then."""

    id: str
    at: datetime
    schema: int


def find(host: Host, compose: Compose, wanted: str) -> Saved:
    """Return a backup by its id, or the newest of the server's own database: stores may hold those of others, too.

    Raises:
        ConfigurationError: there is no good one of that id.
        PreflightError: the server does not list its backups.
    """
    run = OneOff(host, compose, "schedule", PreflightError, "Nothing was changed.")
    own = ["--own"] if wanted == LATEST else []
    good = {one["id"]: one for one in run.langagent("backup", "list", *own)["backups"] if not one["problem"]}
    chosen = max(good, default="") if wanted == LATEST else wanted
    if chosen not in good:
        raise ConfigurationError(
            f"There is no good backup {wanted}.",
            state="Nothing was changed.",
            next_command="langagent exec schedule -- langagent backup list",
        )
    at = datetime.strptime(chosen, _ID).replace(tzinfo=UTC)
    return Saved(chosen, at, int(good[chosen]["schema_revision"]))
