"""`python -m ops.certificates start|obtain|days`: what the steps of a deploy and the Compose service `certbot` call."""

import os
import sys
from datetime import UTC, datetime

from langagent.settings import Settings, explained
from ops.certificates.folder import Folder
from ops.certificates.obtain import obtain, order_of
from ops.certificates.start import start
from ops.errors import OpsError
from ops.events import Event


def main(action: str) -> str:
    """Do it and return what to tell.

    Raises:
        OpsError: no certificate could be had.
    """
    folder, now = Folder(), datetime.now(UTC)
    with explained():
        settings = Settings.of_group("server", os.environ)
    order = order_of(settings, os.environ.get("APP_URL", ""), os.environ.get("API_URL", ""))
    if action == "start":
        return "made a self-signed certificate" if start(folder, order.names, now) else "there is a certificate"
    certificate = obtain(order, folder, now, _tell) if action == "obtain" else folder.in_use()
    return f"{certificate.days_left(now):.1f} days left" if certificate else "there is no certificate"


def _tell(event: Event) -> None:
    print(event.message, file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    try:
        print(main(sys.argv[1]))  # noqa: T201
    except OpsError as error:
        sys.exit(f"{error.message}\n{error.state} Next: {error.next_command}")
