"""The rules of retrying, as values."""

from datetime import timedelta

import pytest

from langagent.core.queue.models import Policy


@pytest.mark.parametrize(("failures", "seconds"), [(1, 1), (2, 5), (3, 30), (4, 120), (5, None), (6, None)])
def test_the_pause_after_a_failure(failures: int, seconds: int | None) -> None:
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert Policy().pause_after(failures) == expected
