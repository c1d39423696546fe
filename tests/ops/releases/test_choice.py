"""Which release a rollback brings back."""

from collections.abc import Sequence

import pytest

from ops.errors import ConfigurationError, PreflightError
from ops.releases.choice import Candidate, candidates, choose
from ops.releases.ledger import Entry
from tests.ops.releases.made import bad, good, ledger, outcome, release, restored

THREE = [good("v1"), good("v2"), good("v3")]


def _candidates(entries: Sequence[Entry], gone: str = "", stopped: str = "") -> list[Candidate]:
    images = {entry.release.backend for entry in entries} - {f"app@{gone}"}
    return candidates(ledger(*entries), images=images, stopped={f"app@{stopped}"})


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (THREE, "v2"),
        ([*THREE, bad("v4")], "v2"),
        ([good("v1"), bad("v2"), good("v3")], "v1"),
        ([*THREE, good("r1", origin="v2")], "v1"),
        ([*THREE, good("r1", origin="v2"), good("v4")], "v2"),
        ([*THREE, good("r1", origin="v1")], "v2"),
        ([*THREE, good("r1", origin="v2"), good("r2", origin="v3"), good("v4")], "v3"),
        ([*THREE, restored("r1", origin="v3")], "v2"),
        ([*THREE, restored("r1", origin="v3"), good("v4")], "v3"),
        ([*THREE, good("r1", origin="v2"), restored("r2", origin="v2")], "v1"),
    ],
    ids=[
        "the one before",
        "a failed one was never current",
        "a failed one is passed over",
        "not the one that was just left",
        "what a rollback brought back is good",
        "newest that was not left",
        "left, then brought back by name",
        "a restore is no release to go back to",
        "nobody left what was restored under",
        "left before a restore, still left after it",
    ],
)
def test_default(entries: Sequence[Entry], expected: str) -> None:
    assert choose(_candidates(entries)).id == expected


def test_by_tag_even_if_somebody_rolled_back_from_it() -> None:
    entries = [*THREE, good("r1", origin="v2")]
    assert choose(_candidates(entries), "v3").id == "v3"


def test_the_same_image_again_is_no_way_back() -> None:
    again = Entry(release("v3b", backend="app@v3"), outcome())
    found = _candidates([*THREE, again])
    assert next((one.id, one.passed_over) for one in found) == ("v3", "its image is the current one")
    assert choose(found).id == "v2"


def test_with_a_backup_the_floor_is_that_of_its_schema() -> None:
    entries = [good("v1", schema=5), good("v2", schema=7, floor=6)]
    found = candidates(ledger(*entries), images={"app@v1"}, stopped=(), floor=ledger(*entries).floor_of(5))
    assert choose(found).id == "v1"


def test_warm_is_the_one_whose_container_is_there() -> None:
    found = {one.id: one.warm for one in _candidates(THREE, stopped="v2")}
    assert found == {"v2": True, "v1": False}


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        (_candidates(THREE, gone="v2"), "v2 cannot be brought back: its image is not on the server any more"),
        (
            _candidates([good("v2", schema=5), good("v3", schema=7, floor=6)]),
            "v2 cannot be brought back: it knows the schema up to 0005, and the database needs 0006 or later",
        ),
        (_candidates([good("v1")]), "There is no earlier good release"),
        (_candidates([]), "There is no earlier good release"),
    ],
)
def test_refused_with_a_reason(found: list[Candidate], problem: str) -> None:
    with pytest.raises(PreflightError, match=problem):
        choose(found)


def test_a_failed_release_that_migrated_raises_the_floor_all_the_same() -> None:
    found = _candidates([good("v1", schema=5), good("v2", schema=7), bad("v3", floor=6)])
    assert [one.problem[:8] for one in found] == ["it knows"]


def test_an_unknown_name_is_a_mistake_of_the_one_who_asks() -> None:
    with pytest.raises(ConfigurationError, match="called v9"):
        choose(_candidates(THREE), "v9")
