"""Forwarding headers are believed from our own proxies only."""

import pytest
from starlette.types import Scope

from langagent.core.http.client_address import client_address, networks

PROXIES = networks(["172.20.0.2", "10.1.0.0/16"])


def _scope(peer: str, forwarded: str) -> Scope:
    return {"client": (peer, 1), "headers": [(b"x-forwarded-for", forwarded.encode())]}


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
        ("172.20.0.2", "203.0.113.9", "203.0.113.9"),
        ("172.20.0.2", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ("172.20.0.2", "203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("172.20.0.2", "", "172.20.0.2"),
        ("172.20.0.2", "not an address", "not an address"),
    ],
)
def test_the_nearest_stranger_is_the_client(peer: str, forwarded: str, address: str) -> None:
    assert client_address(_scope(peer, forwarded), PROXIES) == address


def test_nobody_is_trusted_by_default() -> None:
    assert client_address(_scope("172.20.0.2", "203.0.113.9"), ()) == "172.20.0.2"
