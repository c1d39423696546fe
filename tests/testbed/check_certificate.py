"""A real certificate of a real ACME server: obtained, served, renewed by `langagent schedule`."""

import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.certificates.folder import Certificate, read
from tests.testbed import acme
from tests.testbed.bed import REGISTRY_HERE, Bed
from tests.testbed.by_hand import ByHand, run_by_hand
from tests.testbed.images import NAME, Images

pytestmark = pytest.mark.full
MORE_THAN_IT_GIVES = "4000"


@pytest.fixture(scope="module")
def server(bed: Bed, images: Images, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ByHand]:
    folder = tmp_path_factory.mktemp("certificate")
    given = {
        "BACKEND_IMAGE": f"{REGISTRY_HERE}/{NAME}",
        "BACKEND_IMAGE_TAG": "v1",
        "ACME_DIRECTORY": acme.DIRECTORY,
        "ACME_CA_FILE": "/ca.pem",
        "ACME_RENEW_DAYS": MORE_THAN_IT_GIVES,
    }
    with run_by_hand(folder, "certificate", bed.network, **given) as running:
        yield running


def _served(server: ByHand, folder: Path) -> Certificate:
    (folder / "served.pem").write_text(ssl.get_server_certificate(("127.0.0.1", server.ports.https)))
    certificate = read(folder / "served.pem")
    assert certificate
    return certificate


def _obtain(server: ByHand, *options: str, check: bool = True) -> str:
    done = server.compose("run", "--rm", "--no-deps", "-T", *options, "certbot", "obtain", check=check)
    return done.stdout + done.stderr


def _wait_for_another(server: ByHand, folder: Path, before: Certificate) -> Certificate:
    deadline = time.monotonic() + 90
    while (served := _served(server, folder)) == before:
        assert time.monotonic() < deadline, "the proxy goes on with the old one"
        time.sleep(0.5)
    return served


def check_an_acme_server_that_nobody_vouches_for_gets_no_say(server: ByHand, tmp_path: Path) -> None:
    before = _served(server, tmp_path)
    said = _obtain(server, "--env", "ACME_CA_FILE=", check=False)
    assert "No certificate was issued" in said
    assert "stays in use" in said
    assert _served(server, tmp_path) == before


def check_a_certificate_is_obtained_and_served(server: ByHand, tmp_path: Path) -> None:
    before = _served(server, tmp_path)
    assert "In use" in _obtain(server)
    served = _wait_for_another(server, tmp_path, before)
    assert served.names == {server.domain}
    assert not served.self_signed


def check_the_schedule_renews_it(server: ByHand, tmp_path: Path) -> None:
    issued = _served(server, tmp_path)
    server.inside("schedule", "rm", "-f", "/var/lib/langagent/schedule/tasks.json")  # so that it is due
    server.compose("restart", "schedule")
    renewed = _wait_for_another(server, tmp_path, issued)
    assert renewed.expires > issued.expires
