"""A real receiver of alerts."""

from collections.abc import Iterator

import pytest

from tests.ops.notify.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver
