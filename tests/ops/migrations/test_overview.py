"""What `status` tells, without changing anything."""

from pathlib import Path

import pytest

from ops.errors import OpsError
from ops.migrations import apply, status
from tests.ops.migrations.conftest import Ask, Write


def test_every_state_is_told(empty_database: str, folder: Path, write: Write) -> None:
    for name in ("0001.kept", "0002.edited", "0003.missing"):
        write(name, "select 1")
    apply(empty_database, folder=folder)
    write("0002.edited", "select 2")
    (folder / "0003.missing.sql").unlink()
    write("0004.pending", "select 1")
    found = status(empty_database, folder=folder)
    assert [(entry.name, entry.state) for entry in found] == [
        ("0001.kept", "applied"),
        ("0002.edited", "edited"),
        ("0003.missing", "missing"),
        ("0004.pending", "pending"),
    ]
    assert [entry.applied_at is None for entry in found] == [False, False, False, True]


def test_a_database_that_was_never_migrated_is_left_as_it_is(
    empty_database: str, folder: Path, write: Write, ask: Ask
) -> None:
    write("0001.words", "select 1")
    assert [entry.state for entry in status(empty_database, folder=folder)] == ["pending"]
    assert ask("select count(*) from information_schema.tables where table_schema = 'public'") == [(0,)]


def test_a_database_that_does_not_answer_is_named(folder: Path) -> None:
    with pytest.raises(OpsError, match="cannot be read"):
        status(f"postgresql://nobody@/none?host={folder}", folder=folder)
