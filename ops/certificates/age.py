"""Whether the certificate in use is one that browsers go on believing."""

from datetime import datetime
from typing import Final

from ops.certificates.folder import Certificate

LEAST_DAYS: Final = 14.0  # renewal begins at 30, so this is two weeks of failures


def check(certificate: Certificate | None, now: datetime) -> str:
    """Return what is wrong with a certificate; empty when nothing is."""
    if certificate is None:
        return "There is no certificate."
    if certificate.self_signed:
        return "The certificate is self-signed; browsers refuse it."
    left = certificate.days_left(now)
    if left < 0:
        return f"The certificate expired {-left:.0f} days ago."
    return f"The certificate lasts only {left:.0f} days." if left < LEAST_DAYS else ""
