"""Names, headers and checksums of migration files."""

from pathlib import Path

import pytest

from ops.errors import PreflightError
from ops.migrations.files import Header, checksum, parse_header, read_folder
from tests.ops.migrations.conftest import Write


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("create table a ();", Header()),
        ("-- Why.\n--transactional: false\ncreate index concurrently i on a (b);", Header(transactional=False)),
        ("-- Why.\n\n  -- contract: floor 0012 \ndrop table a;", Header(floor=12)),
        ("-- transactional: false\n-- contract: floor 0003", Header(transactional=False, floor=3)),
        ("select 1;\n-- contract: floor 0012", Header()),
        ("-- about the contract: see the docs\nselect 1;", Header()),
    ],
)
def test_header(text: str, header: Header) -> None:
    assert parse_header(text) == header


@pytest.mark.parametrize("line", ["-- contract: 12", "-- contract: floor 12", "-- transactional: no"])
def test_a_directive_that_means_nothing_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=line.split()[-1]):
        parse_header(line)


def test_checksum_ignores_line_ends_and_nothing_else() -> None:
    assert checksum("a\nb\n") == checksum("a\r\nb\r\n")
    assert checksum("a\nb\n") != checksum("a\n b\n")


def test_files_come_in_order_with_their_numbers(folder: Path, write: Write) -> None:
    write("0010.ten", "select 1")
    write("0002.two", "select 1")
    assert [(file.number, file.name) for file in read_folder(folder)] == [(2, "0002.two"), (10, "0010.ten")]


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (["0001.a", "0001.b"], "0001.a and 0001.b have the same number"),
        (["1.a"], r"1\.a\.sql is not named"),
        (["0001.Big Name"], r"0001\.Big Name\.sql is not named"),
    ],
)
def test_names_that_break_the_rules_are_refused(folder: Path, write: Write, names: list[str], problem: str) -> None:
    for name in names:
        write(name, "select 1")
    with pytest.raises(PreflightError, match=problem):
        read_folder(folder)


def test_a_file_without_its_way_back_is_refused(folder: Path, write: Write) -> None:
    write("0001.a", "select 1")
    (folder / "0001.a.rollback.sql").unlink()
    with pytest.raises(PreflightError, match=r"has no 0001\.a\.rollback\.sql"):
        read_folder(folder)


def test_a_wrong_header_is_refused_with_the_file_s_name(folder: Path, write: Write) -> None:
    write("0001.a", "-- contract: later\nselect 1")
    with pytest.raises(PreflightError, match=r"0001\.a\.sql: contract"):
        read_folder(folder)
