"""A self-signed certificate, so that the proxy can start before the real one is there."""

import os
import secrets
import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from ops.certificates.folder import CHAIN, KEY, Certificate, Folder, described

LIFE: Final = timedelta(days=365)
_CLOCKS_APART: Final = timedelta(days=1)


def start(folder: Folder, names: Sequence[str], now: datetime) -> tuple[Certificate, bool]:
    """Have a certificate in use; return it, and whether it had to be made."""
    used = folder.in_use()
    if used:
        return used, False
    making = folder.root / f".start.{secrets.token_hex(4)}"
    making.mkdir(parents=True)
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(making / KEY, pem, 0o600)
    made = _self_signed(key, names, now)
    _write(making / CHAIN, made.public_bytes(Encoding.PEM), 0o644)
    shutil.rmtree(folder.start, ignore_errors=True)
    making.rename(folder.start)
    folder.use(folder.start)
    return described(made), True


def _self_signed(key: ec.EllipticCurvePrivateKey, names: Sequence[str], now: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCKS_APART)
        .not_valid_after(now + LIFE)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
        .sign(key, hashes.SHA256())
    )


def _write(path: Path, content: bytes, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
