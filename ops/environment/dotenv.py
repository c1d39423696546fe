"""Read and write `.env` files."""

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ops.errors import ConfigurationError

PRIVATE = 0o600
_LINE = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)")


def parse(text: str) -> dict[str, str]:
    """Return the variables of a file's text; a later line wins.

    Raises:
        ConfigurationError: a line is neither a variable, nor a comment, nor empty.
    """
    values: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        match = _LINE.fullmatch(stripped)
        if not match:
            raise ConfigurationError(f"Line {number} is not of the form NAME=value.")
        values[match[1]] = _unquote(match[2].strip())
    return values


def read(path: Path) -> dict[str, str]:
    """Return the variables of a file; none when there is no file.

    Raises:
        ConfigurationError: it cannot be read or parsed.
    """
    try:
        return parse(path.read_text())
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read: {error}.") from error
    except ConfigurationError as error:
        raise ConfigurationError(f"{path}: {error.message}", next_command=f"edit {path}") from error


def write_private(path: Path, text: str) -> None:
    """Put the text in place whole or not at all, readable by its owner only."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.", delete=False) as draft:
        try:
            os.fchmod(draft.fileno(), PRIVATE)
            draft.write(text)
            draft.flush()
            os.fsync(draft.fileno())
            Path(draft.name).replace(path)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise


def with_values(text: str, values: Mapping[str, str]) -> str:
    """Return the text with these variables set: in their place (commented out or not), else at the end."""
    left = dict(values)
    lines = [_replaced(line, left) for line in text.splitlines()]
    return "\n".join([*lines, *(f"{name}={value}" for name, value in left.items())]) + "\n"


def _replaced(line: str, left: dict[str, str]) -> str:
    match = _LINE.fullmatch(line.strip().removeprefix("#"))
    if match and match[1] in left:
        return f"{match[1]}={left.pop(match[1])}"
    return line


def _unquote(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return re.split(r"\s+#", value, maxsplit=1)[0]
