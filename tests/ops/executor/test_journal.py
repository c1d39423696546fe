"""The journal file, whole and torn."""

from pathlib import Path

from ops.executor.journal import Journal, State
from ops.timer import Timer


def test_a_torn_line_is_skipped_and_the_next_stands_alone(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    journal = Journal(file, Timer().now)
    journal.note("pull", State.STARTED)
    with file.open("a") as torn:
        torn.write('{"at": "2026-11-23T10:00:00+00:00", "step": "pu')
    journal.note("pull", State.DONE, seconds=1.23456, evidence={"digest": "sha256:1"})
    lines = journal.past().lines
    assert [(line.step, line.state) for line in lines] == [("pull", State.STARTED), ("pull", State.DONE)]
    assert (lines[1].seconds, lines[1].evidence) == (1.235, {"digest": "sha256:1"})


def test_no_file_is_an_empty_past(tmp_path: Path) -> None:
    past = Journal(tmp_path / "none", Timer().now).past()
    assert (past.lines, past.began, past.failure) == ((), None, None)


def test_a_line_of_a_later_release_is_skipped(tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    file.write_text('{"at": "x", "step": "pull", "state": "pondered"}\n[]\n7\n')
    assert Journal(file, Timer().now).past().lines == ()
