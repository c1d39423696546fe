"""The ledger, read from lines that one command returns."""

from pathlib import Path

from ops.hosts.local import LocalHost
from ops.releases.layout import Layout
from ops.releases.ledger import Entry, parse, read
from ops.releases.models import Outcome, Release, Result
from tests.ops.releases.made import bad, good, ledger, outcome, release, restored


def _write(folder: Path, *, of: Release, ended: Outcome | None = None) -> None:
    (folder / of.id).mkdir()
    (folder / of.id / "release.json").write_bytes(of.encode())
    if ended:
        (folder / of.id / "outcome.json").write_bytes(ended.encode())


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    folder.mkdir()
    _write(folder, of=release("b"))
    _write(folder, of=release("a"), ended=outcome(phases={"start": 1.5}, warnings=("late",)))
    found = read(LocalHost(), Layout(str(tmp_path)))
    assert [(entry.release, entry.outcome) for entry in found.entries] == [
        (release("a"), outcome(phases={"start": 1.5}, warnings=("late",))),
        (release("b"), None),
    ]
    assert found.skipped == ()


def test_no_folder_is_an_empty_ledger(tmp_path: Path) -> None:
    assert read(LocalHost(), Layout(str(tmp_path))).entries == ()


def test_torn_and_foreign_files_are_skipped_and_named(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    folder.mkdir()
    _write(folder, of=release("a"), ended=outcome())
    _write(folder, of=release("b"))
    (folder / "b" / "outcome.json").write_bytes(outcome().encode()[:40])
    (folder / "c").mkdir()
    (folder / "c" / "release.json").write_text("[1, 2]")
    (folder / "d").mkdir()
    (folder / "d" / "release.json").write_bytes(release("a").encode())
    found = read(LocalHost(), Layout(str(tmp_path)))
    assert [entry.release.id for entry in found.entries] == ["a", "b"]
    assert sorted(found.skipped) == ["b/outcome.json", "c/release.json", "d/release.json"]


def test_what_a_later_release_adds_is_no_matter() -> None:
    line = f'a/release.json:{release("a").encode().decode().strip()[:-1]}, "mood": "fine"}}'
    assert parse([line]).entries[0].release == release("a")


def test_the_current_release_is_the_last_good_one() -> None:
    found = ledger(good("a"), good("b"), bad("c"))
    assert found.current
    assert found.current.release.id == "b"


def test_schema_is_that_of_the_deploy_and_the_floor_that_of_every_migration() -> None:
    found = ledger(good("a", schema=4), bad("b", floor=3), good("c", origin="a"))
    assert found.schema_of(found.entries[2]) == 4
    assert found.floor == 3


def test_a_release_that_was_refused_did_not_come_to_migrate() -> None:
    assert ledger(Entry(release("a"), outcome(Result.REFUSED, floor=3))).floor == 0


def test_a_restored_backup_takes_the_floor_back_to_its_schema() -> None:
    before = [good("a", schema=4), good("b", schema=6, floor=3), good("c", schema=8, floor=7)]
    assert ledger(*before).floor == 7
    assert ledger(*before, restored("r", origin="b", schema=6)).floor == 3


def test_an_older_backup_is_migrated_as_far_as_its_release_needs_and_so_is_the_floor() -> None:
    before = [good("a", schema=4), good("b", schema=8, floor=7)]
    assert ledger(*before, restored("r", origin="b", schema=4)).floor == 7
    assert ledger(*before, restored("r", origin="a", schema=4)).floor == 0


def test_a_restore_has_the_schema_of_the_deploy_that_serves() -> None:
    found = ledger(good("a", schema=4), restored("r", origin="a"))
    assert found.current
    assert (found.current.release.kind, found.schema_of(found.current)) == ("restore", 4)


def test_an_unknown_result_is_no_outcome() -> None:
    text = outcome().encode().decode().replace(Result.GOOD, "splendid")
    assert parse([f"a/release.json:{release('a').encode().decode()}", f"a/outcome.json:{text}"]).skipped == (
        "a/outcome.json",
    )
