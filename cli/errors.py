"""One table from error types to exit codes, and the report of an error that ends a command."""

import tempfile
import traceback

from cli.output import Output
from ops.errors import (
    BackupError,
    ConfigurationError,
    HostKeyError,
    LockedError,
    OpsError,
    PreflightError,
    RolledBackError,
    StaleError,
    StuckError,
    VerificationError,
)

UNEXPECTED = 1
EXIT_CODES: dict[type[OpsError], int] = {
    ConfigurationError: 2,
    PreflightError: 10,
    LockedError: 11,
    HostKeyError: 12,
    RolledBackError: 13,
    StuckError: 14,
    BackupError: 15,
    VerificationError: 16,
    StaleError: 17,
}


def exit_code(error: BaseException) -> int:
    """Return the code of the error's nearest type in the table, else 1."""
    for kind in type(error).__mro__:
        if kind in EXIT_CODES:
            return EXIT_CODES[kind]
    return UNEXPECTED


def report(error: Exception, output: Output) -> int:
    """Tell of an error and return its exit code; an unexpected one's traceback goes to a file or, with -v, here."""
    code = exit_code(error)
    if isinstance(error, OpsError):
        output.error(code, error.message, error.state, error.next_command)
        return code
    what = f"Unexpected {type(error).__name__}: {error}"
    if output.verbose:
        output.say(traceback.format_exc())
        output.error(code, what)
    else:
        output.error(code, what, next_command=f"read {_keep_traceback()}")
    return code


def _keep_traceback() -> str:
    with tempfile.NamedTemporaryFile("w", prefix="langagent-error-", suffix=".log", delete=False) as log:
        log.write(traceback.format_exc())
    return log.name
