"""`python -m ops.docker.start COMMAND…`: the entry point of the image; it becomes the command."""

import os
import sys

MIGRATE = "MIGRATE_ON_START"


def migrate() -> None:
    """Apply what is pending, as the owner that DATABASE_OWNER_URL names.

    Raises:
        SystemExit: it is not named, or the migrations failed; the command does not start.
    """
    from ops.errors import OpsError
    from ops.migrations import apply

    owner_url = os.environ.pop("DATABASE_OWNER_URL", "")
    if not owner_url:
        raise SystemExit(f"{MIGRATE} is set and DATABASE_OWNER_URL is not: nothing was migrated, nothing started.")
    try:
        apply(owner_url, progress=lambda name: print(f"Applying {name}", file=sys.stderr))  # noqa: T201
    except OpsError as error:
        raise SystemExit(f"{error.message} {error.state} Next: {error.next_command}") from None


if __name__ == "__main__":
    if os.environ.get(MIGRATE) == "1":
        migrate()
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - the command of the image, or the one given instead of it
