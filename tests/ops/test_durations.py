"""Lengths of time in words."""

from datetime import timedelta

import pytest

from ops.durations import spoken


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(0), "0 s"),
        (timedelta(seconds=119), "119 s"),
        (timedelta(minutes=2), "2 min"),
        (timedelta(minutes=119), "119 min"),
        (timedelta(hours=26, minutes=59), "26 h"),
        (timedelta(days=8), "8 days"),
        (timedelta(seconds=-5), "0 s"),
    ],
)
def test_the_largest_unit_that_tells_enough(length: timedelta, words: str) -> None:
    assert spoken(length) == words
