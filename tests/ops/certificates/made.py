"""Certificates as an ACME server and certbot would leave them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from ops.certificates.folder import CHAIN, Folder


def issue(folder: Folder, names: Sequence[str], expires: datetime) -> None:
    """Put a certificate of somebody else's where certbot would."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_name(names[0]))
        .issuer_name(_name("acme.test"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(expires - timedelta(days=90))
        .not_valid_after(expires)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder.issued.mkdir(parents=True)
    (folder.issued / CHAIN).write_bytes(certificate.public_bytes(Encoding.PEM))


def certbot(path: Path, script: str) -> None:
    """Have a program of that name do this instead."""
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
