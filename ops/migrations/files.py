"""Migration files: names, headers, checksums. Nothing here talks to a database."""

import hashlib
import re
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from ops.errors import PreflightError

FOLDER = Path(str(files("migrations")))
ROLLBACK = ".rollback.sql"

_NAME = re.compile(r"(\d{4})\.([a-z0-9_]+)")
_DIRECTIVE = re.compile(r"--\s*(\w+)\s*:\s*(.*\S)\s*")
_FLOOR = re.compile(r"floor (\d{4})")


@dataclass(frozen=True, slots=True)
class Header:
    """What the comment at the top of a file says about it.

    `floor` marks a contract migration: releases that know only older schemas than this number no longer run after it.
    """

    transactional: bool = True
    floor: int = 0


@dataclass(frozen=True, slots=True)
class MigrationFile:
    """One numbered pair of files."""

    number: int
    name: str
    path: Path
    header: Header
    checksum: str


def parse_header(text: str) -> Header:
    """Read `-- transactional: false` and `-- contract: floor NNNN` from the comment lines before the first statement.

    Raises:
        ValueError: a directive has a value that means nothing.
    """
    directives = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("--"):
            break
        if match := _DIRECTIVE.fullmatch(line.strip()):
            directives[match[1]] = match[2]
    return Header(_transactional(directives.get("transactional", "true")), _floor(directives.get("contract")))


def checksum(text: str) -> str:
    """The same for the same text, whatever a checkout did to its line ends."""
    return hashlib.sha256("\n".join(text.splitlines()).encode()).hexdigest()


def read_folder(folder: Path = FOLDER) -> list[MigrationFile]:
    """All migrations of a folder in their order.

    Raises:
        PreflightError: a file breaks the rules for names, numbers, pairs or headers.
    """
    found = [_read(path) for path in sorted(folder.glob("*.sql")) if not path.name.endswith(ROLLBACK)]
    for earlier, later in pairwise(found):
        if earlier.number == later.number:
            raise _refusal(f"{earlier.name} and {later.name} have the same number", "give one of them the next number")
    return found


def rollback_path(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(".sql") + ROLLBACK)


def _read(path: Path) -> MigrationFile:
    name = path.name.removesuffix(".sql")
    match = _NAME.fullmatch(name)
    if not match:
        raise _refusal(f"{path.name} is not named like 0001.what_it_does.sql", "rename it")
    if not rollback_path(path).exists():
        raise _refusal(f"{path.name} has no {rollback_path(path).name}", "write the statements that take it back")
    text = path.read_text(encoding="utf-8")
    try:
        header = parse_header(text)
    except ValueError as error:
        raise _refusal(f"{path.name}: {error}", "correct its header") from error
    return MigrationFile(int(match[1]), name, path, header, checksum(text))


def _transactional(value: str) -> bool:
    if value not in ("true", "false"):
        raise ValueError(f"transactional is true or false, not {value!r}")
    return value == "true"


def _floor(value: str | None) -> int:
    if value is None:
        return 0
    match = _FLOOR.fullmatch(value)
    if not match:
        raise ValueError(f"contract is written `floor NNNN`, not {value!r}")
    return int(match[1])


def _refusal(problem: str, mend: str) -> PreflightError:
    return PreflightError(f"{problem}.", state="No migration was applied.", next_command=mend)
