"""The folder that the proxy takes its certificate from: `current` leads to the one in use."""

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography import x509

ROOT: Final = Path("/var/lib/langagent/certificates")
LINEAGE: Final = "langagent"
CHAIN: Final = "fullchain.pem"
KEY: Final = "privkey.pem"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says of itself."""

    names: frozenset[str]
    expires: datetime
    self_signed: bool

    def days_left(self, now: datetime) -> float:
        return (self.expires - now).total_seconds() / 86400


@dataclass(frozen=True, slots=True)
class Folder:
    """`start` holds a self-signed certificate, `acme` is certbot's."""

    root: Path = ROOT

    @property
    def start(self) -> Path:
        return self.root / "start"

    @property
    def acme(self) -> Path:
        return self.root / "acme"

    @property
    def issued(self) -> Path:
        return self.acme / "live" / LINEAGE

    @property
    def current(self) -> Path:
        return self.root / "current"

    def in_use(self) -> Certificate | None:
        """Return the certificate that the proxy serves; None when there is none that can be read."""
        return read(self.current / CHAIN)

    def use(self, folder: Path) -> None:
        """Have `current` lead to a folder in this one, from one moment to the next."""
        draft = self.root / f".current.{secrets.token_hex(4)}"
        draft.symlink_to(os.path.relpath(folder, self.root))
        draft.replace(self.current)


def read(chain: Path) -> Certificate | None:
    """Return the first certificate of a file; None when there is none."""
    try:
        return described(x509.load_pem_x509_certificate(chain.read_bytes()))
    except (OSError, ValueError):
        return None


def described(certificate: x509.Certificate) -> Certificate:
    """Return what we want to know of a certificate."""
    return Certificate(
        names=frozenset(_names(certificate)),
        expires=certificate.not_valid_after_utc.astimezone(UTC),
        self_signed=certificate.issuer == certificate.subject,
    )


def _names(certificate: x509.Certificate) -> list[str]:
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return []
    return extension.value.get_values_for_type(x509.DNSName)
