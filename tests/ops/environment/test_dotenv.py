"""Reading and writing .env files."""

from pathlib import Path

import pytest

from ops.environment import dotenv
from ops.errors import ConfigurationError


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A=1\nB=two words\n", {"A": "1", "B": "two words"}),
        ("export A=1", {"A": "1"}),
        ("# A=1\n\nB=", {"B": ""}),
        ("A='x # y'\nB=\"z\"", {"A": "x # y", "B": "z"}),
        ("A=x # comment", {"A": "x"}),
        ("A=1\nA=2", {"A": "2"}),
        ("URL=postgresql://u:p@h/d?host=/a#b", {"URL": "postgresql://u:p@h/d?host=/a#b"}),
    ],
)
def test_parse(text: str, values: dict[str, str]) -> None:
    assert dotenv.parse(text) == values


def test_a_line_that_is_none_is_refused_by_number() -> None:
    with pytest.raises(ConfigurationError, match="Line 2"):
        dotenv.parse("A=1\nnonsense\n")


def test_values_go_to_their_place() -> None:
    text = "# of A\nA=1\n#B=\n"
    assert dotenv.with_values(text, {"B": "2", "A": "3", "C": "4"}) == "# of A\nA=3\nB=2\nC=4\n"


def test_a_failed_write_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("A=1")
    with pytest.raises(UnicodeEncodeError):
        dotenv.write_private(path, "A=\udcff")
    assert path.read_text() == "A=1"
    assert list(tmp_path.iterdir()) == [path]
