"""What the `certificate` commands share."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ops.certificates.folder import Certificate

FolderPath = Annotated[
    Path | None,
    typer.Option("--folder", envvar="LANGAGENT_CERTIFICATES", help="The folder that the proxy takes it from."),
]


def described(certificate: "Certificate", now: datetime) -> Mapping[str, object]:
    """Return what programs read of a certificate."""
    return {
        "names": sorted(certificate.names),
        "expires": certificate.expires.isoformat(),
        "days_left": round(certificate.days_left(now), 1),
        "self_signed": certificate.self_signed,
    }
