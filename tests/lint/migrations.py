"""The rule for migrations: what takes something from releases that still run says so in its header."""

import re
from collections.abc import Iterator
from pathlib import Path

from ops.migrations.files import ROLLBACK, parse_header
from tests.lint.rules import Breach

_COMMENT = re.compile(r"--[^\n]*")
_LEFT_OUT = "adds a column that older releases leave out"
_REST = r"(?:(?!,|;|\bdefault\b|\bgenerated\b).)*"
_TAKES = {
    r"\bdrop\s+(table|view|column|type|function|sequence|schema)\b": "drops what an older release may read",
    r"\brename\b": "renames what an older release knows by its old name",
    r"\balter\s+(column\s+)?\w+\s+(set\s+data\s+)?type\b": "changes the type of a column that an older release writes",
    r"\bset\s+not\s+null\b": "demands a value that an older release may leave out",
    rf"\badd\s+(column\s+)?(?!constraint\b)\w+{_REST}\bnot\s+null\b{_REST}(?=,|;|\Z)": _LEFT_OUT,
}
MEND = "expand first and remove one release later, with `-- contract: floor NNNN` in the header"


def contractions(text: str) -> Iterator[Breach]:
    """Yield what a migration takes from older releases without saying so."""
    if parse_header(text).floor:
        return
    bare = _COMMENT.sub(lambda comment: " " * len(comment[0]), text)
    for pattern, told in _TAKES.items():
        for found in re.finditer(pattern, bare, re.IGNORECASE | re.DOTALL):
            yield Breach(text.count("\n", 0, found.start()) + 1, f"{told}: {MEND}")


def examine_migrations(folder: Path) -> list[str]:
    """Return one line per breach in the migrations of a folder."""
    return [
        f"{folder.name}/{path.name}:{breach.line}: {breach.message}"
        for path in sorted(folder.glob("*.sql"))
        if not path.name.endswith(ROLLBACK)
        for breach in contractions(path.read_text())
    ]
