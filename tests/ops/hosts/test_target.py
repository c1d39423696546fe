"""Which machine the options name."""

import pytest

from ops.errors import ConfigurationError
from ops.hosts.address import Address
from ops.hosts.local import LocalHost
from ops.hosts.target import Target, open_host


def test_no_host_is_this_machine() -> None:
    assert isinstance(open_host(Target()), LocalHost)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (Target("web.test"), Address("deploy", "web.test", 22)),
        (Target("web.test", user="ann", port=2222), Address("ann", "web.test", 2222)),
        (Target("root@web.test:2201", user="ann", port=2222), Address("root", "web.test", 2201)),
    ],
)
def test_what_the_host_says_itself_goes_first(target: Target, expected: Address) -> None:
    assert target.address == expected


def test_a_host_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="not of the form"):
        open_host(Target("not a host"))
