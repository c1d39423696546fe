"""`new` makes the pair of files that the rules ask for."""

from pathlib import Path

import pytest

from ops.errors import ConfigurationError
from ops.migrations import apply, new
from ops.migrations.files import read_folder
from tests.ops.migrations.conftest import Write


def test_the_next_number_and_a_plain_name(folder: Path, write: Write) -> None:
    write("0041.last", "select 1")
    paths = new("Add card notes, at last!", folder=folder)
    assert [path.name for path in paths] == [
        "0042.add_card_notes_at_last.sql",
        "0042.add_card_notes_at_last.rollback.sql",
    ]
    assert [file.number for file in read_folder(folder)] == [41, 42]


def test_new_files_can_be_applied_as_they_are(empty_database: str, folder: Path) -> None:
    new("first", folder=folder)
    assert apply(empty_database, folder=folder).names == ["0001.first"]


def test_a_title_without_a_name_in_it_is_refused(folder: Path) -> None:
    with pytest.raises(ConfigurationError, match="gives no file name"):
        new("!?", folder=folder)
    assert list(folder.iterdir()) == []
