"""The proxy's files are pure functions of its settings."""

import json
import re

import pytest

from ops.nginx.render import Proxy, files, upstream


@pytest.fixture
def configuration() -> str:
    return files(Proxy())["nginx.conf"]


def test_every_file_is_there() -> None:
    assert list(files(Proxy())) == ["nginx.conf", "pages/unavailable.html", "pages/unavailable.json", "start.sh"]


def test_no_placeholder_is_left(configuration: str) -> None:
    assert not re.search(r"%\{|\$\{", configuration)


def test_braces_are_paired(configuration: str) -> None:
    assert configuration.count("{") == configuration.count("}")


def test_the_rate_is_that_of_the_settings() -> None:
    configuration = files(Proxy(rate=25))["nginx.conf"]
    assert "rate=25r/s" in configuration
    assert "burst=100 delay=50;" in configuration


def test_forwarded_addresses_are_believed_from_a_cdn_only(configuration: str) -> None:
    assert "real_ip" not in configuration
    behind = files(Proxy(trusted=("192.0.2.0/24", "2001:db8::/32")))["nginx.conf"]
    assert "set_real_ip_from 192.0.2.0/24;" in behind
    assert "set_real_ip_from 2001:db8::/32;" in behind
    assert "real_ip_header X-Forwarded-For;" in behind


def test_the_client_s_own_forwarding_headers_never_pass(configuration: str) -> None:
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in configuration
    assert "$proxy_add_x_forwarded_for" not in configuration


@pytest.mark.parametrize("directive", ["ssl_protocols TLSv1.2 TLSv1.3;", "listen 443 ssl http2", "server_tokens off;"])
def test_the_protocols_are_current(configuration: str, directive: str) -> None:
    assert directive in configuration


def test_the_page_for_programs_is_the_error_envelope() -> None:
    error = json.loads(files(Proxy())["pages/unavailable.json"])["error"]
    assert {"code", "message", "request_id"} <= error.keys()


def test_an_upstream_is_one_server() -> None:
    assert upstream("backend-green") == "server backend-green:8000;\n"
