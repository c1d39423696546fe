"""Whose images go."""

from ops.releases.kept import doomed
from tests.ops.releases.made import bad, good, ledger, release, restored


def test_the_last_good_ones_stay_and_failed_ones_go() -> None:
    found = ledger(good("v1"), good("v2"), bad("v3"), good("v4"), good("v5"))
    assert [one.id for one in doomed(found, release("v6"), keep=3)] == ["v1", "v3"]


def test_what_a_rollback_brought_back_stays() -> None:
    found = ledger(good("v1"), good("v2"), good("v3"), good("v4"))
    assert [one.id for one in doomed(found, release("r1", origin="v1"), keep=2)] == ["v2"]


def test_what_was_restored_under_stays() -> None:
    found = ledger(good("v1"), good("v2"), good("v3"), good("v4"), good("r1", origin="v1"))
    assert [one.id for one in doomed(found, restored("r2", origin="v1").release, keep=2)] == ["v2"]


def test_an_image_that_two_releases_share_stays() -> None:
    same = good("v1")
    again = good("v4", origin="v4")
    found = ledger(same, good("v2"), good("v3"), again)
    serving = release("v5", backend="app@v1")
    assert [one.id for one in doomed(found, serving, keep=2)] == ["v2"]
