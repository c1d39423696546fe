"""When a certificate is asked for, how, and what happens when it is refused. certbot itself is tried on the testbed."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ops.certificates.folder import Certificate, Folder
from ops.certificates.obtain import certbot_argv, is_due, obtain
from ops.certificates.order import Order
from ops.certificates.start import start
from ops.errors import OpsError
from ops.events import Event
from tests.ops.certificates.made import certbot, issue

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ORDER = Order(names=("tutor.test",), directory="https://acme.test/dir")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "certificates")
    start(folder, ORDER.names, NOW)
    return folder


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where certbot is looked for."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    return tmp_path / "certbot"


@pytest.mark.parametrize(
    ("names", "days", "due"),
    [
        ({"tutor.test"}, 31, False),
        ({"tutor.test", "old.test"}, 31, False),
        ({"tutor.test"}, 29, True),
        ({"tutor.test"}, -1, True),
        ({"old.test"}, 80, True),
    ],
)
def test_it_is_due(names: set[str], days: int, due: bool) -> None:
    certificate = Certificate(frozenset(names), NOW + timedelta(days=days), self_signed=False)
    assert is_due(ORDER, certificate, NOW) is due


def test_none_is_due() -> None:
    assert is_due(ORDER, None, NOW)


def test_the_command_asks_for_every_name() -> None:
    order = Order(names=("a.test", "b.test"), directory="https://acme.test/dir", email="owner@a.test")
    argv = certbot_argv(order, Folder(Path("/c")))
    assert argv[-4:] == ["--domain", "a.test", "--domain", "b.test"]
    assert argv[argv.index("--email") + 1] == "owner@a.test"
    assert argv[argv.index("--config-dir") + 1] == "/c/acme"


def test_one_that_lasts_is_put_to_use_without_asking(folder: Folder, program: Path) -> None:
    issue(folder, ORDER.names, NOW + timedelta(days=60))
    assert obtain(ORDER, folder, NOW, _silent).days_left(NOW) == 60
    assert folder.current.resolve() == folder.issued.resolve()
    assert not program.exists()


def test_a_refusal_leaves_the_one_in_use(folder: Folder, program: Path) -> None:
    certbot(program, "echo 'Challenge failed for domain tutor.test' >&2; exit 1")
    with pytest.raises(OpsError, match="Challenge failed") as caught:
        obtain(ORDER, folder, NOW, _silent)
    assert "stays in use" in caught.value.state
    assert folder.current.resolve() == folder.start


def test_the_acme_server_s_own_ca_is_handed_over(folder: Folder, program: Path) -> None:
    certbot(program, 'echo "checked against $REQUESTS_CA_BUNDLE" >&2; exit 1')
    order = Order(names=("tutor.test",), directory="https://acme.test/dir", ca_file="/ca.pem")
    with pytest.raises(OpsError, match=r"checked against /ca\.pem"):
        obtain(order, folder, NOW, _silent)


def test_success_without_a_certificate_is_none(folder: Folder, program: Path) -> None:
    certbot(program, "exit 0")
    with pytest.raises(OpsError, match="left none"):
        obtain(ORDER, folder, NOW, _silent)


def _silent(_event: Event) -> None:
    return None
