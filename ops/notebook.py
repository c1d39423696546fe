"""A small JSON file that a new process goes on from."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ops.environment.dotenv import write_private
from ops.events import Event


class Notebook:
    """Notes that matter less than the work they are of: a disk that is full loses them, and is warned of."""

    def __init__(self, file: Path, tell: Callable[[Event], None]) -> None:
        self._file = file
        self._tell = tell

    def read(self) -> dict[str, Any]:
        """Return what was written last; nothing, when that is missing or damaged."""
        try:
            found = json.loads(self._file.read_text())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def write(self, document: Mapping[str, Any]) -> None:
        """Put the document in place whole; times become ISO texts."""
        try:
            write_private(self._file, json.dumps(document, default=str, indent=1))
        except OSError as error:
            reason = f"{self._file} cannot be written ({error.strerror})"
            self._tell(Event("warning", f"{reason}: the next process will not know what this one did."))
