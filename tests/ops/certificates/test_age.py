"""A certificate that browsers go on believing, or not."""

from datetime import UTC, datetime, timedelta

import pytest

from ops.certificates.age import check
from ops.certificates.folder import Certificate

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "self_signed", "said"),
    [(15, False, ""), (13, False, "only 13 days"), (-2, False, "expired 2 days ago"), (300, True, "self-signed")],
)
def test_what_is_said_of_it(days: int, self_signed: bool, said: str) -> None:
    certificate = Certificate(frozenset({"tutor.test"}), NOW + timedelta(days=days), self_signed)
    problem = check(certificate, NOW)
    assert said in problem
    assert bool(said) == bool(problem)


def test_none_is_a_problem() -> None:
    assert check(None, NOW) == "There is no certificate."
