"""`python -m ops.docker.setup`: what the Compose service of that name does before the others of a hand-run start."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ops.certificates.folder import Folder
from ops.certificates.order import find_order
from ops.certificates.start import start
from ops.docker.start import migrate
from ops.errors import OpsError
from ops.events import Event
from ops.web.publish import publish
from ops.web.site import FolderSite
from ops.web.target import CLIENT

PUBLISHED: Final = Path("/var/lib/langagent/client")


def _tell(event: Event) -> None:
    print(event.message, file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    try:
        start(Folder(), find_order(Path(".env"), os.environ).names, datetime.now(UTC))
        publish(CLIENT, FolderSite(PUBLISHED), _tell)
    except OpsError as error:
        sys.exit(f"{error.message}\n{error.state} Next: {error.next_command}")
    migrate()
