"""Obtain and renew the certificate: certbot, over HTTP on port 80, into our folder."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from ops.certificates.folder import CHAIN, LINEAGE, Certificate, Folder, read
from ops.certificates.order import Order
from ops.errors import OpsError
from ops.events import Event

TIMEOUT_SECONDS: Final = 300.0
_LAST_LINES: Final = 12


def is_due(order: Order, certificate: Certificate | None, now: datetime) -> bool:
    """Say whether a certificate has to be asked for: there is none, not for these names, or not for long any more."""
    if certificate is None or not certificate.names.issuperset(order.names):
        return True
    return certificate.days_left(now) < order.renew_days


def obtain(order: Order, folder: Folder, now: datetime, tell: Callable[[Event], None]) -> Certificate:
    """Have a certificate of the ACME server in use that lasts, and return it; repeating it costs nothing.

    Raises:
        OpsError: the server did not issue one; the one in use stays in use.
    """
    issued = read(folder.issued / CHAIN)
    if issued is None or is_due(order, issued, now):
        tell(Event("certificate", f"Asking {order.directory} for a certificate of {', '.join(order.names)}"))
        _run(certbot_argv(order, folder), _environment(order))
        issued = read(folder.issued / CHAIN)
        if issued is None:
            raise _refused(f"certbot left none in {folder.issued}")
    if folder.current.resolve() != folder.issued.resolve():
        folder.use(folder.issued)
    return issued


def certbot_argv(order: Order, folder: Folder) -> list[str]:
    """Return certbot's command; our own rule decides when it runs, so it always renews."""
    return [
        str(Path(sys.executable).with_name("certbot")),
        "certonly",
        "--non-interactive",
        "--agree-tos",
        *(["--email", order.email] if order.email else ["--register-unsafely-without-email"]),
        "--server",
        order.directory,
        "--webroot",
        "--webroot-path",
        str(order.webroot),
        "--cert-name",
        LINEAGE,
        "--force-renewal",
        "--renew-with-new-domains",
        "--config-dir",
        str(folder.acme),
        "--work-dir",
        str(folder.root / "work"),
        "--logs-dir",
        str(folder.root / "logs"),
        "--max-log-backups",
        "5",
        *(part for name in order.names for part in ("--domain", name)),
    ]


def _environment(order: Order) -> Mapping[str, str]:
    return {**os.environ, **({"REQUESTS_CA_BUNDLE": order.ca_file} if order.ca_file else {})}


def _run(argv: Sequence[str], environment: Mapping[str, str]) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - certbot, with our own arguments
            argv, env=environment, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise _refused(f"it did not end within {TIMEOUT_SECONDS:.0f} s") from None
    if done.returncode:
        words = (done.stdout + done.stderr).strip().splitlines()
        raise _refused("\n".join(words[-_LAST_LINES:]))


def _refused(why: str) -> OpsError:
    return OpsError(
        f"No certificate was issued: {why}",
        state="The certificate in use stays in use.",
        next_command="check that the domain leads to this server and port 80 is open, then try again",
    )
