"""A certificate that browsers go on believing, or not."""

from datetime import UTC, datetime, timedelta

import pytest

from ops.certificates.age import check
from ops.certificates.folder import Certificate

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "self_signed", "said"),
    [(16, False, ""), (14, False, "only 14 days"), (-2, False, "expired 2 days ago"), (300, True, "self-signed")],
)
def test_what_is_said_of_it(days: int, self_signed: bool, said: str) -> None:
    certificate = Certificate(frozenset({"tutor.test"}), NOW + timedelta(days=days), self_signed)
    problem = check(certificate, 30, NOW)
    assert said in problem
    assert bool(said) == bool(problem)


def test_one_that_never_lasts_long_is_judged_by_its_own_measure() -> None:
    certificate = Certificate(frozenset({"tutor.test"}), NOW + timedelta(days=4), self_signed=False)
    assert check(certificate, 3, NOW) == ""


def test_none_is_a_problem() -> None:
    assert check(None, 30, NOW) == "There is no certificate."
