"""The progress bar and the units in it."""

import pytest

from cli.output.bar import bar
from cli.output.units import duration, size


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (2_340_000_000, "2.3 GB"), (5e12, "5.0 TB")]
)
def test_sizes(count: float, text: str) -> None:
    assert size(count) == text


@pytest.mark.parametrize(("seconds", "text"), [(4.21, "4.2 s"), (187, "3:07"), (3723, "1:02:03"), (59.99, "60.0 s")])
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_share_rate_and_time_left() -> None:
    line = bar(250_000_000, 1_000_000_000, 5.0)
    assert line == "[######..................]  25%  250.0 MB  50.0 MB/s  15.0 s left"


def test_an_estimate_that_was_too_low_does_not_announce_the_end() -> None:
    assert "99%" in bar(1200, 1000, 1.0)
    assert "… left" in bar(1200, 1000, 1.0)


def test_without_an_estimate_only_what_is_known() -> None:
    assert bar(2000, 0, 2.0) == "   2.0 kB  1.0 kB/s"
