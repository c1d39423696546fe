"""How a server may be named."""

import pytest

from ops.errors import ConfigurationError
from ops.hosts.address import Address, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("web.test", Address("deploy", "web.test", 22)),
        ("root@web.test", Address("root", "web.test", 22)),
        ("root@web.test:2201", Address("root", "web.test", 2201)),
        ("web.test:2201", Address("deploy", "web.test", 2201)),
        ("127.0.0.1:2201", Address("deploy", "127.0.0.1", 2201)),
        ("[::1]:2201", Address("deploy", "::1", 2201)),
        (" web.test\n", Address("deploy", "web.test", 22)),
    ],
)
def test_named(text: str, expected: Address) -> None:
    assert parse(text, user="deploy", port=22) == expected


@pytest.mark.parametrize("text", ["", "a b", "user@", "web:99999", "web:0", "::1", "ssh://web.test"])
def test_refused(text: str) -> None:
    with pytest.raises(ConfigurationError, match="not of the form"):
        parse(text, user="deploy", port=22)


@pytest.mark.parametrize(
    ("address", "name"),
    [(Address("a", "web.test"), "web.test"), (Address("a", "web.test", 2201), "[web.test]:2201")],
)
def test_the_name_in_known_hosts(address: Address, name: str) -> None:
    assert address.known_as == name
