"""Certificates as an ACME server and certbot would leave them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from ops.certificates.folder import Folder
from ops.certificates.start import start


def issue(folder: Folder, names: Sequence[str], expires: datetime) -> None:
    """Put a certificate where certbot would."""
    elsewhere = Folder(folder.root / "issuing")
    start(elsewhere, names, expires - timedelta(days=365))
    folder.issued.parent.mkdir(parents=True, exist_ok=True)
    elsewhere.start.rename(folder.issued)


def certbot(path: Path, script: str) -> None:
    """Have a program of that name do this instead."""
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
