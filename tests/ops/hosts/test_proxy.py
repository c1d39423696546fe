"""The proxy is pointed at a backend in an order that loses nothing."""

import pytest

from ops.errors import HostError
from ops.hosts import proxy
from ops.hosts.base import Done
from ops.hosts.compose import Compose
from ops.releases.layout import Layout
from tests.ops.fake_host import FakeHost

COMPOSE = Compose(Layout(), "r2")
SOURCE = "/var/app/releases/r2/bundle/nginx"


def _host() -> FakeHost:
    return FakeHost(
        {("find", SOURCE): "nginx.conf 644\npages/x.html 644\n"},
        {
            f"{SOURCE}/nginx.conf": b"new",
            f"{SOURCE}/pages/x.html": b"<p>",
            "/var/app/proxy/upstream.conf": b"server backend-blue:8000;\n",
        },
    )


def test_files_first_then_the_test_then_the_reload() -> None:
    host = _host()
    proxy.point(host, COMPOSE, "green")
    assert host.files["/var/app/proxy/nginx.conf"] == b"new"
    assert host.files["/var/app/proxy/pages/x.html"] == b"<p>"
    assert host.files["/var/app/proxy/upstream.conf"] == b"server backend-green:8000;\n"
    assert host.calls[1:] == [
        COMPOSE.execute("proxy", "nginx", "-t", "-q"),
        COMPOSE.execute("proxy", "nginx", "-s", "reload"),
    ]


def test_a_configuration_that_nginx_refuses_is_not_loaded() -> None:
    host = _host()
    host.answers[tuple(COMPOSE.execute("proxy", "nginx", "-t", "-q"))] = Done(1, "", "unknown directive")
    with pytest.raises(HostError, match="unknown directive"):
        proxy.point(host, COMPOSE, "green")
    assert host.commands(*COMPOSE.execute("proxy", "nginx", "-s")) == []


@pytest.mark.parametrize(
    ("files", "colour"),
    [
        ({}, ""),
        ({"/var/app/proxy/upstream.conf": b"server backend-green:8000;\n"}, "green"),
        ({"/var/app/proxy/upstream.conf": b"server elsewhere:80;\n"}, ""),
    ],
)
def test_who_serves(files: dict[str, bytes], colour: str) -> None:
    assert proxy.live(FakeHost(files=files), Layout()) == colour
