"""From the outcome of a release to success or the error that a person acts on."""

from ops.errors import (
    BackupError,
    ConfigurationError,
    LockedError,
    OpsError,
    PreflightError,
    RolledBackError,
    StuckError,
)
from ops.releases.models import Outcome, Release, Result

_REFUSALS: dict[str, type[OpsError]] = {
    kind.__name__: kind for kind in (BackupError, ConfigurationError, LockedError, PreflightError)
}


def check(release: Release, outcome: Outcome, serving: str) -> None:
    """Return if the release is good; `serving` names what serves otherwise.

    Raises:
        PreflightError, LockedError, BackupError, ConfigurationError: it was refused before anything had changed.
        RolledBackError: it failed and was taken back.
        StuckError: it failed, and not everything could be taken back.
    """
    if outcome.result is Result.GOOD:
        return
    then = f"{serving} serves" if serving else "Nothing serves, as before"
    if outcome.result is Result.REFUSED:
        kind = _REFUSALS.get(outcome.error, PreflightError)
        raise kind(outcome.message, state=outcome.state or f"{then}.", next_command=outcome.next_command)
    if outcome.result is Result.ROLLED_BACK:
        raise RolledBackError(
            f"{release.id} failed at `{outcome.step}`: {outcome.message}",
            state=f"It was taken back. {then}.",
            next_command=outcome.next_command or "mend it and deploy again",
        )
    raise StuckError(
        f"{release.id} failed at `{outcome.step}`: {outcome.message}",
        state=f"It was not taken back completely: {outcome.state}.",
        next_command="langagent status, then docs/exit-14.md",
    )
