"""An ACME server with a certificate that today's Python takes, and the roots of those that it issues."""

import ssl
import subprocess
import urllib.request
from pathlib import Path

from tests.testbed.bed import SESSION, Bed

HOST = f"acme-{SESSION}"
NAME = f"{HOST}.test"
DIRECTORY = f"https://{NAME}:14000/dir"
MANAGEMENT = 15000
_NEW = ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30")


def start(bed: Bed, folder: Path) -> None:
    """Start pebble, Let's Encrypt's own test server, on the servers' network; `ca.pem` in the folder vouches for it."""
    _issue(folder)
    container = bed.container(HOST)
    bed.remove(HOST)
    options = ("--network", bed.network, "--network-alias", NAME, "--publish", f"127.0.0.1::{MANAGEMENT}")
    _docker("create", "--name", container, *options, bed.pebble)
    for name in ("cert.pem", "key.pem"):
        _docker("cp", str(folder / name), f"{container}:/certs/{name}")
    _docker("start", container)


def root(bed: Bed) -> str:
    """Return the root of the certificates that it issues; it makes a new one at each start."""
    port = _docker("port", bed.container(HOST), str(MANAGEMENT)).split()[0].rpartition(":")[2]
    unchecked = ssl.create_default_context()
    unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
    with urllib.request.urlopen(f"https://127.0.0.1:{port}/roots/0", context=unchecked, timeout=10) as answer:
        return str(answer.read().decode())


def _issue(folder: Path) -> None:
    may_sign = ("-addext", "keyUsage=critical,keyCertSign,cRLSign")
    _run(*_NEW, "-subj", "/CN=testbed CA", *may_sign, "-keyout", str(folder / "ca.key"), "-out", str(folder / "ca.pem"))
    of_ca = ("-CA", str(folder / "ca.pem"), "-CAkey", str(folder / "ca.key"))
    named = ("-addext", f"subjectAltName=DNS:{NAME}", "-addext", "basicConstraints=critical,CA:FALSE")
    written = ("-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"))
    _run(*_NEW, *of_ca, "-subj", f"/CN={NAME}", *named, *written)


def _docker(*arguments: str) -> str:
    return _run("docker", *arguments)


def _run(*argv: str) -> str:
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout
