"""What certificate is wanted."""

from pathlib import Path

import pytest

from ops.certificates.order import find_order
from ops.errors import ConfigurationError


def test_it_names_each_host_once(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "APP_URL=https://tutor.test\nAPI_URL=https://old.test\nACME_EMAIL=owner@tutor.test\n"
    )
    wanted = find_order(tmp_path / ".env", {"API_URL": "https://api.tutor.test:8443/"})
    assert wanted.names == ("tutor.test", "api.tutor.test")
    assert wanted.email == "owner@tutor.test"
    assert wanted.directory.startswith("https://acme-v02.")


def test_one_host_is_one_name(tmp_path: Path) -> None:
    address = "https://tutor.test"
    assert find_order(tmp_path / ".env", {"APP_URL": address, "API_URL": address}).names == ("tutor.test",)


@pytest.mark.parametrize("address", ["https://192.0.2.1", "http://localhost:8000", ""])
def test_what_is_no_domain_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(ConfigurationError, match="no domain name"):
        find_order(tmp_path / ".env", {"APP_URL": address})
