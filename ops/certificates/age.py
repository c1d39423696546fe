"""Whether the certificate in use is one that browsers go on believing."""

from datetime import datetime

from ops.certificates.folder import Certificate


def check(certificate: Certificate | None, renew_days: int, now: datetime) -> str:
    """Return what is wrong with a certificate; empty when nothing is.

    It is due for renewal `renew_days` before its end; when half of them have passed, that goes wrong for long.
    """
    if certificate is None:
        return "There is no certificate."
    if certificate.self_signed:
        return "The certificate is self-signed; browsers refuse it."
    left = certificate.days_left(now)
    if left < 0:
        return f"The certificate expired {-left:.0f} days ago."
    return f"The certificate lasts only {left:.0f} days." if left < renew_days / 2 else ""
