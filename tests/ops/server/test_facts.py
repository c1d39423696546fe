"""What is asked of a server, tried on this one."""

import pytest

from ops.hosts.base import Done
from ops.hosts.local import LocalHost
from ops.server.facts import clock_ahead, gather


def test_this_machine_answers() -> None:
    facts = gather(LocalHost(), "/nowhere/yet")
    assert facts.text("system") == "Linux"
    assert facts.number("cores") > 0
    assert facts.number("disk_kib") > facts.number("disk_free_kib") > 0
    assert facts.text("folder_owner") == ""
    assert abs(facts.clock_ahead) < 1


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [("101.0", 0.0), ("100.0", 0.0), ("102.0", 0.0), ("110.0", 8.0), ("90.0", -10.0)],
)
def test_the_clock_is_given_the_benefit_of_the_time_of_asking(theirs: str, expected: float) -> None:
    class Asked(LocalHost):
        def run(self, *_: object, **__: object) -> Done:
            return Done(0, theirs, "")

    times = iter([100.0, 102.0])
    assert clock_ahead(Asked(), lambda: next(times)) == expected
